import { cut, decodeWords, shown, stripped } from "./text";

/** Names as they stand beside addresses. The same as `shared/formats/mail/names.py`. */

const PLAIN = /^[A-Za-z][A-Za-z.\- ]*[A-Za-z.]$/;
const ADDRESS = /^[^ \t\r\n\f\v@<>]+@[^ \t\r\n\f\v@<>]+$/;
export const DIRECTORY_NAME = /\/o=[^<>]*\/cn=/i;
const VIA = /(?:^| )(?:via|[üÜ]ber|tramite|v[íÍ]a) .+$/i;
const BRACKETED_END = / ?(?:\([^()]*\)|\[[^[\]]*\]|<[^<>]*>|\{[^{}]*\})$/;
const SUFFIX =
  /^(?:inc|incorporated|llc|llp|ltd|limited|gmbh|kg|corp|co|plc|ag|se|s\.?a|s\.?a\.?s|s\.?r\.?l|b\.?v|n\.?v|oy|ab|a\.?s|pty|pte|ph\.? ?d|m\.? ?d|mba|msc|m\.?sc|bsc|b\.?sc|m\.?a|b\.?a|esq|cpa|cfa|jr|sr|ii|iii|iv|p\.?e|dds|dvm|pmp|rn|jd|ll\.?m|dipl\.?-?ing|cissp)\.?$/i;
const ENDS = " \"'`,;";
const MOST_WORDS = 3;
const LONGEST = 200;
const LONGEST_READ = 1000;

/** Return the name without what programs add to it; empty where it is the address, or not a name. */
export function cleanName(name: string, address: string): string {
  if (PLAIN.test(name) && !name.toLowerCase().includes("via ")) {
    return name.split(" ").filter(Boolean).join(" ").slice(0, LONGEST);
  }
  let text = stripped(cut(shown(decodeWords(name)), LONGEST_READ), ENDS);
  if (!text || text.toLowerCase() === address || ADDRESS.test(text) || DIRECTORY_NAME.test(text)) {
    return "";
  }
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(BRACKETED_END, "");
  }
  text = stripped(text.replace(VIA, ""), ENDS);
  if (!text || text.toLowerCase() === address || ADDRESS.test(text)) return "";
  return stripped(cut(inOrder(text), LONGEST), " ");
}

/** Return whether what follows a comma is a title or a legal form, and not a first name. */
export function isSuffix(text: string): boolean {
  return SUFFIX.test(text);
}

function inOrder(name: string): string {
  const parts = name.split(",").map((part) => stripped(part, " "));
  let suffix = "";
  if (parts.length === 3 && SUFFIX.test(parts[2] ?? "")) suffix = `, ${parts.pop()}`;
  const [last, first] = parts;
  if (parts.length !== 2 || !last || !first) return name;
  const isLong = [last, first].some((part) => part.split(" ").length > MOST_WORDS);
  return SUFFIX.test(first) || isLong ? name : `${first} ${last}${suffix}`;
}
