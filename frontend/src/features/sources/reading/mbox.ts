/** Header blocks out of an mbox of any size. The same as `shared/formats/mail/mbox.py`. */

const LONGEST_HEAD = 256 * 1024;
const LONGEST_LINE = 2000;
const SEPARATOR = "\nFrom ";
const DAY_NAME = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/;
const TIME = /\d\d:\d\d/;
const ISO_TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const FIELD = /^>?[!-9;-~]+[ \t]*:|^>From /;
const MARK_OF_UTF8 = "ï»¿";

export type OnHead = (line: string, block: string) => void;

/** Return whether a file begins as an mbox does; a raw string of its first bytes. */
export function looksLikeMbox(head: string): boolean {
  const start = withoutMark(head).replace(/^[\r\n]+/, "");
  return isSeparator(start.slice(0, LONGEST_LINE).split("\n", 1)[0] ?? "");
}

/** Return a raw string without the mark of UTF-8 at its beginning. */
export function withoutMark(head: string): string {
  return head.startsWith(MARK_OF_UTF8) ? head.slice(MARK_OF_UTF8.length) : head;
}

function isSeparator(line: string): boolean {
  if (!line.startsWith("From ")) return false;
  const day = DAY_NAME.exec(line);
  return (day && TIME.test(line.slice(day.index + day[0].length))) || ISO_TIME.test(line);
}

/** Cuts a mailbox at its messages, chunk by chunk; bodies are passed over. */
export class MboxReader {
  readonly #onHead: OnHead;
  #text = "\n";
  #position = 0;
  #ended = false;
  #isFirst = true;

  constructor(onHead: OnHead) {
    this.#onHead = onHead;
  }

  /** Take the next chunk, a raw string. */
  feed(chunk: string): void {
    this.#text += this.#isFirst ? withoutMark(chunk) : chunk;
    this.#isFirst = false;
    this.#read();
  }

  /** Read what is left. */
  end(): void {
    this.#ended = true;
    this.#read();
  }

  #read(): void {
    while (this.#next());
    const keep = Math.max(0, this.#position);
    if (keep > 0) {
      this.#text = this.#text.slice(keep);
      this.#position = 0;
    }
  }

  /** Pass on the next message; false when more has to be read first. */
  #next(): boolean {
    const text = this.#text;
    const found = text.indexOf(SEPARATOR, this.#position);
    if (found < 0) {
      this.#position = Math.max(this.#position, text.length - SEPARATOR.length + 1);
      return false;
    }
    this.#position = found;
    const start = found + 1;
    if (this.#lacks(start + LONGEST_LINE)) return false;
    const lineEnd = text.slice(start, start + LONGEST_LINE).indexOf("\n") + start;
    if (lineEnd < start) {
      this.#position = start + SEPARATOR.length - 1;
      return true;
    }
    if (this.#lacks(lineEnd + 1 + LONGEST_LINE)) return false;
    const behind = text.slice(lineEnd + 1, lineEnd + 1 + LONGEST_LINE);
    if (!isSeparator(text.slice(start, lineEnd)) || !FIELD.test(behind)) {
      this.#position = lineEnd;
      return true;
    }
    const end = this.#blockEnd(lineEnd);
    if (end < 0) return false;
    this.#onHead(text.slice(start, lineEnd + 1), text.slice(lineEnd + 1, end));
    this.#position = end;
    return true;
  }

  #lacks(end: number): boolean {
    return !this.#ended && this.#text.length < end;
  }

  /** The end of the block behind a line: its first empty line; -1 when more has to be read. */
  #blockEnd(lineEnd: number): number {
    const limit = lineEnd + LONGEST_HEAD;
    // A slice, because `indexOf` knows no end and would search all bodies for a line end that the
    // file does not have.
    const text = this.#text.slice(lineEnd, limit);
    let size = 4096;
    for (;;) {
      const part = text.slice(0, size);
      const plain = part.indexOf("\n\n");
      const windows = part.indexOf("\n\r\n");
      const found = windows >= 0 && (plain < 0 || windows < plain) ? windows : plain;
      if (found >= 0) return lineEnd + found + 1;
      if (size >= text.length) break;
      size *= 4;
    }
    return this.#lacks(limit) ? -1 : Math.min(this.#text.length, limit);
  }
}
