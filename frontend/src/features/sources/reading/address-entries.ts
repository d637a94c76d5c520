import { spaced } from "./text";

/** A part of an entry: `word` and `quoted` text, an `angle` that holds an address, a `comment`. */
export interface Piece {
  kind: "word" | "quoted" | "angle" | "comment";
  text: string;
}

export const MOST_MAILBOXES = 2000;
const SCHEMES = new Set(["mailto", "smtp", "sip", "ex", "x500", "email", "e-mail"]);
const SWALLOWED = /<[^<>]*> ?[,;]/g;

/** Cut a text at commas, semicolons and group names outside quotes, comments and brackets. */
export function entriesOf(text: string): Piece[][] {
  return new Scanner(text).entries();
}

class Scanner {
  readonly #text: string;
  #position = 0;
  #pieces: Piece[] = [];
  #word = "";
  readonly #done: Piece[][] = [];
  /** False once a quote was found that nothing closes. */
  #quotes = true;
  #closings: ReadonlyMap<number, number> | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  entries(): Piece[][] {
    while (this.#position < this.#text.length && this.#done.length < MOST_MAILBOXES) {
      const character = this.#text.charAt(this.#position);
      this.#position += 1;
      if (character === '"') {
        if (this.#quotes) this.#quote();
        else this.#word += " ";
      } else if (character === "(") this.#comment();
      else if (character === "<") this.#angle();
      else if (character === "," || character === ";") this.#end();
      else if (character === ":") this.#colon();
      else this.#word += character === ">" ? " " : character;
    }
    this.#end();
    return this.#done;
  }

  #flush(): void {
    const word = spaced(this.#word);
    this.#word = "";
    if (word) this.#pieces.push({ kind: "word", text: word });
  }

  #end(): void {
    this.#flush();
    if (this.#pieces.length > 0) this.#done.push(this.#pieces);
    this.#pieces = [];
  }

  #quote(): void {
    const [content, end] = untilQuote(this.#text, this.#position);
    if (end < 0) {
      this.#quotes = false;
      return;
    }
    // A lone quote, and the one found closes another name.
    if ((content.match(SWALLOWED) ?? []).some((swallowed) => swallowed.includes("@"))) return;
    this.#position = end;
    if (this.#text.charAt(end) === "@") {
      this.#word += content.includes('"') ? content : `"${content}"`;
      return;
    }
    this.#flush();
    this.#pieces.push({ kind: "quoted", text: content });
  }

  #comment(): void {
    this.#closings ??= pairs(this.#text);
    const end = this.#closings.get(this.#position - 1);
    if (end === undefined) {
      this.#word += " ";
      return;
    }
    this.#flush();
    this.#pieces.push({ kind: "comment", text: this.#text.slice(this.#position, end) });
    this.#position = end + 1;
  }

  #angle(): void {
    const start = this.#position;
    const end = this.#text.indexOf(">", start);
    if (end < 0) {
      const ends = [",", ";"].map((mark) => this.#text.indexOf(mark, start));
      this.#position = Math.min(this.#text.length, ...ends.filter((at) => at >= 0));
    } else {
      const inner = this.#text.indexOf("<", start);
      if (inner >= 0 && inner < end) {
        this.#word += " ";
        return;
      }
      this.#position = end + 1;
    }
    const text = this.#text.slice(start, end < 0 ? this.#position : end);
    this.#flush();
    if (this.#pieces.some((piece) => piece.kind === "angle" && piece.text.includes("@"))) {
      // A second one in an entry: the comma was lost. The words between are the second one's name.
      const first = this.#pieces.findIndex(({ kind }) => kind === "angle");
      this.#done.push(this.#pieces.slice(0, first + 1));
      this.#pieces = this.#pieces.slice(first + 1);
    }
    this.#pieces.push({ kind: "angle", text });
  }

  #colon(): void {
    const before = spaced(this.#word);
    const isScheme = SCHEMES.has(before.toLowerCase());
    if (isScheme || before.startsWith("@") || !before.includes("@")) {
      const hasAngle = this.#pieces.some(({ kind }) => kind === "angle");
      if (!isScheme && !hasAngle && !before.startsWith("@")) this.#pieces = []; // a group's name
      this.#word = "";
    } else {
      this.#word += before.includes("@[") ? ":" : " ";
    }
  }
}

/** The place of the closing parenthesis of each opening one that has one. */
function pairs(text: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const opened: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\\") at += 1;
    else if (character === "(") opened.push(at);
    else if (character === ")") {
      const start = opened.pop();
      if (start !== undefined) found.set(start, at);
    }
  }
  return found;
}

/** The text before the closing quote without backslashes, and the place behind it; -1 if none. */
function untilQuote(text: string, start: number): [string, number] {
  let content = "";
  for (let at = start; at < text.length; at += 1) {
    let character = text.charAt(at);
    if (character === '"') return [content, at + 1];
    if (character === "\\" && at + 1 < text.length) {
      at += 1;
      character = text.charAt(at);
    }
    content += character;
  }
  return ["", -1];
}
