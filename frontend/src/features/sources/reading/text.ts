/**
 * Header text: charsets, and the encoded words of RFC 2047. The same as `shared/formats/mail/text.py`.
 *
 * A "raw" string holds bytes, decoded as windows-1252: one character a byte, so that it can be
 * searched fast and turned into its bytes again.
 */

/** White space of RFC 5322, and of programs that fold by more than it allows. */
const BLANK_RUN = /[ \t\r\n\f\v]+/g;
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- controls are what is removed
  /[\u0000-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffd]+/g;
const WORD = /=\?([^? \t\r\n\f\v]+)\?([bBqQ])\?([^?]*)\?=/g;
const BETWEEN_WORDS = /(\?=)[ \t\r\n\f\v]+(?==\?[^? \t\r\n\f\v]+\?[bBqQ]\?)/g;
/** The characters of windows-1252 that differ from their bytes, 0x80 to 0x9f. */
const HIGH = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const BYTES = new Map(Array.from(HIGH, (character, at) => [character.charCodeAt(0), 0x80 + at]));
// eslint-disable-next-line no-control-regex -- ASCII is what is asked for
const IS_ASCII = /^[\x00-\x7f]*$/;
const C1 = /[\u0080-\u009f]/g;

const latin = new TextDecoder("windows-1252");
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The labels that mail has, beside those that decoders know; others are tried as UTF-8. */
const LABELS: Readonly<Record<string, string>> = {
  "ansi_x3.4-1968": "windows-1252",
  "iso_8859-1": "windows-1252",
  "unicode-1-1-utf-8": "utf-8",
  "x-x-big5": "big5",
  "cn-big5": "big5",
  "gb_2312-80": "gb18030",
  gb2312: "gb18030",
  gbk: "gb18030",
  "x-gbk": "gb18030",
  chinese: "gb18030",
};
/** Charsets that a decoder knows and the server's reader does not take. */
const NOT_TAKEN = /^(utf-16|replacement|x-user-defined|iso-8859-16|x-mac-cyrillic)/;
const decoders = new Map<string, TextDecoder | null>();

/** Decode bytes to a raw string. */
export function rawOf(bytes: Uint8Array): string {
  return latin.decode(bytes);
}

/** Return the bytes of a raw string. */
export function bytesOf(raw: string): Uint8Array {
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at);
    bytes[at] = code < 0x100 ? code : (BYTES.get(code) ?? 0x3f);
  }
  return bytes;
}

/** Return the text of a raw string: UTF-8, else what Windows writes in the West. */
export function headerText(raw: string): string {
  if (IS_ASCII.test(raw)) return raw;
  try {
    return utf8.decode(bytesOf(raw));
  } catch {
    return windowsText(raw);
  }
}

/** Some decoders leave 0x80 to 0x9f as controls. */
function windowsText(raw: string): string {
  return raw.replace(C1, (control) => HIGH[control.charCodeAt(0) - 0x80] ?? control);
}

/** Return a text with a single space for every run of blanks, and none at its ends. */
export function spaced(text: string): string {
  return stripped(text.replace(BLANK_RUN, " "), " ");
}

/** Return a text without controls and unseen characters, single-spaced, as a person reads it. */
export function shown(text: string): string {
  return stripped(text.replace(UNSEEN, " "), " ");
}

/** Return a text without these characters at its ends. */
export function stripped(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text.charAt(start))) start += 1;
  while (end > start && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Return the first characters of a text; one of two units counts once and is not cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return Array.from(text.slice(0, most * 2))
    .slice(0, most)
    .join("");
}

/** Return what stands before a mark, the mark, and what stands behind it. */
export function partition(text: string, mark: string): [string, string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, "", ""] : [text.slice(0, at), mark, text.slice(at + mark.length)];
}

/** Decode the encoded words of RFC 2047, also those that break its rules. */
export function decodeWords(text: string): string {
  if (!text.includes("=?")) return text;
  const source = text.replace(BETWEEN_WORDS, "$1");
  const parts: string[] = [];
  let held: number[] = [];
  let heldCharset = "";
  let position = 0;
  for (const { 0: whole, 1: label = "", 2: kind = "", 3: content = "", index } of source.matchAll(
    WORD,
  )) {
    const charset = partition(label, "*")[0].toLowerCase();
    if (heldCharset && (index !== position || charset !== heldCharset)) {
      parts.push(decode(held, heldCharset));
      held = [];
    }
    parts.push(source.slice(position, index));
    // One by one: a call with a hundred thousand arguments overflows the stack.
    for (const byte of "bB".includes(kind) ? unbase64(content) : unquote(content)) held.push(byte);
    heldCharset = charset;
    position = index + whole.length;
  }
  if (!heldCharset) return text;
  return [...parts, decode(held, heldCharset), source.slice(position)].join("");
}

function decode(bytes: readonly number[], charset: string): string {
  const raw = Uint8Array.from(bytes);
  for (const decoder of [decoderOf(charset), utf8]) {
    if (!decoder) continue;
    try {
      const text = decoder.decode(raw);
      return decoder.encoding === "windows-1252" ? windowsText(text) : text;
    } catch {
      continue;
    }
  }
  return windowsText(latin.decode(raw));
}

function decoderOf(charset: string): TextDecoder | null {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    decoder = null;
    const label = LABELS[charset] ?? charset;
    try {
      if (!NOT_TAKEN.test(label)) {
        decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
      }
    } catch {
      // Not known: UTF-8 is tried.
    }
    if (decoders.size < 500) decoders.set(charset, decoder);
  }
  return decoder;
}

function unbase64(text: string): Uint8Array {
  let letters = text.replace(/[^A-Za-z0-9+/]/g, "");
  if (letters.length % 4 === 1) letters = letters.slice(0, -1);
  return Uint8Array.from(atob(letters), (character) => character.charCodeAt(0));
}

function unquote(text: string): Uint8Array {
  const bytes = encoder.encode(text.replaceAll("_", " "));
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const code = byte === 0x3d ? hexOf(bytes, at + 1) : -1;
    found.push(code < 0 ? byte : code);
    if (code >= 0) at += 2;
  }
  return Uint8Array.from(found);
}

function hexOf(bytes: Uint8Array, at: number): number {
  const digits = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return /^[0-9A-Fa-f]{2}$/.test(digits) ? parseInt(digits, 16) : -1;
}
