import { partition, stripped } from "./text";

/** Lines of iCalendar. The same as `shared/formats/calendar/lines.py`. */

export interface Property {
  /** In capitals. */
  name: string;
  /** By their names in capitals; lists as they stand. */
  parameters: ReadonlyMap<string, string>;
  value: string;
}

export const LONGEST_LINE = 64 * 1024;
const PARAMETER = /;([^=;:",]*)=((?:"[^"]*"|[^;:",]*)(?:,(?:"[^"]*"|[^;:",]*))*)/y;
const MEANT: Readonly<Record<string, string>> = { "'": '"', n: "\n", "^": "^" };

/** Puts the lines of a calendar together with their continuations, chunk by chunk. */
export class LineReader {
  readonly #onLine: (line: string) => void;
  #rest = "";
  #held = "";
  #holds = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Take the next chunk, a raw string. */
  feed(chunk: string): void {
    const lines = (this.#rest + chunk).split("\n");
    this.#rest = (lines.pop() ?? "").slice(0, LONGEST_LINE);
    for (const line of lines) this.#take(withoutReturns(line));
  }

  /** Take what is left. */
  end(): void {
    if (this.#rest) this.#take(withoutReturns(this.#rest));
    this.#flush();
  }

  #take(line: string): void {
    if (line.startsWith(" ") || line.startsWith("\t")) {
      if (this.#holds && this.#held.length < LONGEST_LINE) this.#held += line.slice(1);
      return;
    }
    this.#flush();
    this.#held = line;
    this.#holds = true;
  }

  #flush(): void {
    if (this.#holds) this.#onLine(this.#held.slice(0, LONGEST_LINE));
    this.#holds = false;
  }
}

function withoutReturns(line: string): string {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === 13) end -= 1;
  return line.slice(0, end);
}

/** Cut a line into its parts; null for a line that has no value. */
export function propertyOf(line: string): Property | null {
  let [name, mark] = partition(line, ":");
  let end = name.length;
  const parameters = new Map<string, string>();
  if (name.includes(";")) {
    [name] = partition(name, ";");
    end = name.length;
    PARAMETER.lastIndex = end;
    for (let match = PARAMETER.exec(line); match; match = PARAMETER.exec(line)) {
      const key = (match[1] ?? "").trim().toUpperCase();
      if (!parameters.has(key)) parameters.set(key, plain(match[2] ?? ""));
      end = PARAMETER.lastIndex;
    }
    mark = line.charAt(end);
    if (mark !== ":") {
      end = line.indexOf(":", end);
      mark = end >= 0 ? ":" : "";
    }
  }
  return mark ? { name: name.trim().toUpperCase(), parameters, value: line.slice(end + 1) } : null;
}

function plain(value: string): string {
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  const inner = isQuoted && !value.slice(1, -1).includes('"') ? value.slice(1, -1) : value;
  return inner.replace(/\^(['n^])/g, (_, character: string) => MEANT[character] ?? "");
}

/** Return the name of a time zone without what some programs leave around it. */
export function zoneName(text: string): string {
  return stripped(text, ' ":');
}
