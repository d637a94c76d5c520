import { cleanName, DIRECTORY_NAME, isSuffix } from "./names";
import { entriesOf, MOST_MAILBOXES, type Piece } from "./address-entries";
import { cut, decodeWords, spaced, stripped } from "./text";

/** Lists of addresses out of header fields. The same as `shared/formats/mail/addresses.py`. */

/** An address in lower case with the name beside it; either may be empty, not both. */
export type Mailbox = readonly [address: string, name: string];

const LONGEST_FIELD = 64 * 1024;
const PLAIN =
  /(?:([^<>"(),:;@\\=?[\]']*)<(?![Ii][Mm][Cc][Ee][Aa])([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>|([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)) *(?:[,;] *|$)/y;
const ADDRESS =
  /[^ \t\r\n\f\v<>"'(),;:[\]\\@][^ \t\r\n\f\v<>"(),;:[\]\\@]*@[^ \t\r\n\f\v<>"'(),;:[\]\\@]+/;
const LITERAL = /[^ \t\r\n\f\v<>"(),;:[\]\\@]+@\[[0-9A-Za-z:.]+\]/;
const ARCHIVED = /^([^ \t\r\n\f\v()<>@]+) at ([A-Za-z0-9.-]+\.[A-Za-z]{2,})$/;
const WRAPPED = /^imcea([a-z0-9]+)-(.+)@[^@]*$/i;
const QUOTED_LOCAL = /^"([^"]*)"(@.+)$/;
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/;
const GIVEN_NAME =
  /^(?:[^ \t\r\n\f\v@]+(?: [^ \t\r\n\f\v@.]\.?)?|[^ \t\r\n\f\v@]+ [^ \t\r\n\f\v@]+\.)$/;
// eslint-disable-next-line no-control-regex -- ASCII is what is asked for
const IS_ASCII = /^[\x00-\x7f]*$/;
const MOST_WORDS = 3;
const LONGEST_LOCAL = 128;
const LONGEST_ADDRESS = 254;
const LONGEST_HIDDEN = 1000;

/** Return the mailboxes of a field, in their order; the field is single-spaced. */
export function addresses(field: string): Mailbox[] {
  const text = cut(field, LONGEST_FIELD);
  const found: Mailbox[] = [];
  let position = 0;
  while (position < text.length && found.length < MOST_MAILBOXES) {
    PLAIN.lastIndex = position;
    const match = PLAIN.exec(text);
    if (!match) {
      for (const mailbox of entries(text.slice(position))) found.push(mailbox);
      break;
    }
    const address = bounded(match[2] ?? match[3] ?? "");
    const name = match[1] ? cleanName(match[1], address) : "";
    if (address || name) found.push([address, name]);
    position = PLAIN.lastIndex;
  }
  return found;
}

function entries(text: string): Mailbox[] {
  const found: Mailbox[] = [];
  let waiting: string[] = [];
  const nameAlone = (name: string) => found.push(["", cleanName(name, "")]);
  for (const pieces of entriesOf(text)) {
    const at = pieces.findIndex(({ kind }) => kind === "angle");
    const angle = pieces[at];
    let words = wordsOf(pieces);
    if (angle && waiting.length > 0) {
      const before = wordsOf(pieces.slice(0, at));
      if (isGivenName(before, pieces)) {
        const parts = isSuffix(before) ? waiting : waiting.slice(-1);
        waiting = waiting.slice(0, waiting.length - parts.length);
        words = [...parts, before].join(", ");
      }
    }
    const mayWait =
      !angle && pieces.length === 1 && pieces[0]?.kind === "word" && isFamilyName(words);
    const kept = mayWait ? waiting.slice(-1) : [];
    waiting.slice(0, waiting.length - kept.length).forEach(nameAlone);
    waiting = [];
    if (angle && words.includes("@") && !normalAddress(angle.text)) {
      found.push(...bare(words, [...pieces, { kind: "comment", text: angle.text }]));
    } else if (angle) {
      found.push(bracketed(angle, words, pieces));
    } else if (mayWait) {
      waiting = [...kept, words];
    } else {
      for (const mailbox of bare(words, pieces)) found.push(mailbox);
    }
  }
  waiting.forEach(nameAlone);
  return found.filter(([address, name]) => address || name);
}

function wordsOf(pieces: readonly Piece[]): string {
  const texts = pieces.filter(({ kind }) => kind === "word" || kind === "quoted");
  return spaced(texts.map(({ text }) => text).join(" "));
}

function commentOf(pieces: readonly Piece[]): string {
  return pieces.find(({ kind }) => kind === "comment")?.text ?? "";
}

function isFamilyName(words: string): boolean {
  const capital = words !== words.toLowerCase() || !IS_ASCII.test(words);
  const isShort = words.split(" ").length <= MOST_WORDS;
  return capital && !words.includes("@") && isShort && !DIRECTORY_NAME.test(words);
}

function isGivenName(words: string, pieces: readonly Piece[]): boolean {
  return GIVEN_NAME.test(words) && !pieces.some(({ kind }) => kind === "quoted");
}

function bracketed(angle: Piece, words: string, pieces: readonly Piece[]): Mailbox {
  const address = normalAddress(angle.text);
  const before = pieces
    .slice(0, pieces.indexOf(angle))
    .filter(({ kind }) => kind === "word" || kind === "quoted");
  const name = words.includes(",") || before.length === 0 ? words : wordsOf(before);
  return [address, cleanName(name || commentOf(pieces), address)];
}

function bare(words: string, pieces: readonly Piece[]): Mailbox[] {
  const comment = commentOf(pieces);
  const decoded = decodeWords(words);
  const archived = ARCHIVED.exec(decoded);
  if (archived) return [mailbox(`${archived[1]}@${archived[2]}`, comment)];
  const isLostRelay = decoded.startsWith("@") && !decoded.slice(1).includes("@");
  if (DIRECTORY_NAME.test(decoded) || isLostRelay) return [];
  if (QUOTED_LOCAL.test(decoded)) return [mailbox(decoded, comment)];
  const found: Mailbox[] = [];
  let name: string[] = [];
  for (const token of decoded.split(" ")) {
    const address = token.includes("@") ? normalAddress(token) : "";
    if (address) {
      found.push([address, cleanName(name.join(" "), address)]);
      name = [];
    } else if (token) {
      name.push(token);
    }
  }
  const [first] = found;
  if (!first) return [["", cleanName(decoded || comment, "")]];
  if (found.length === 1 && !first[1]) {
    const [address] = first;
    return [[address, cleanName(name.join(" "), address) || cleanName(comment, address)]];
  }
  return found;
}

function mailbox(text: string, name: string): Mailbox {
  const address = normalAddress(text);
  return [address, cleanName(name, address)];
}

/** Return the address in lower case that a text is or holds; empty where it holds none. */
export function normalAddress(text: string): string {
  if (text.length > LONGEST_HIDDEN) return "";
  let address = stripped(decodeWords(text), " '`");
  if (address.startsWith("@") && address.includes(":")) {
    address = address.slice(address.lastIndexOf(":") + 1);
  }
  const quoted = QUOTED_LOCAL.exec(address);
  if (quoted) {
    const local = quoted[1] ?? "";
    return bounded((DOT_ATOM.test(local) ? local : `"${local}"`) + (quoted[2] ?? ""));
  }
  address = stripped(address.replaceAll(" ", ""), "'\"");
  if (DIRECTORY_NAME.test(address)) return "";
  const wrapped = WRAPPED.exec(address);
  if (wrapped) {
    if (wrapped[1]?.toLowerCase() === "ex") return "";
    address = (wrapped[2] ?? "").replace(/\+([0-9A-Fa-f]{2})/g, (_, digits: string) =>
      String.fromCharCode(parseInt(digits, 16)),
    );
  }
  const found = LITERAL.exec(address) ?? ADDRESS.exec(address);
  return found ? bounded(found[0]) : "";
}

function bounded(text: string): string {
  const address = text.toLowerCase().replace(/\.+$/, "");
  const at = address.lastIndexOf("@");
  const hasDomain = at >= 0 && at < address.length - 1;
  const fits = at > 0 && at <= LONGEST_LOCAL && hasDomain && address.length <= LONGEST_ADDRESS;
  return fits ? address : "";
}
