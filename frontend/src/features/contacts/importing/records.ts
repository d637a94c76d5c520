/** Decode files and cut them into records: pure functions for the worker and the tests. */

/** The formats that the page can cut into records; other files go to the API whole. */
export type SheetKind = "csv" | "vcard" | "json" | "whole";

/** A file cut into records; `rows` are the cells as a table. */
export interface Sheet {
  kind: SheetKind;
  /** The part before the records, sent with every chunk: a CSV's notes and header. */
  head: string;
  columns: string[];
  records: SheetRecord[];
  delimiter: string;
}

export interface SheetRecord {
  /** The line of the file in which the record begins, from 1. */
  line: number;
  raw: string;
}

/** The header stands in one of the first lines; exports put notes above it. */
const HEADER_WITHIN = 20;
const DELIMITERS = [",", ";", "\t", "|"];

/** Return a file's text when it is Unicode; the API recognises other code pages. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

const LDIF = /^(?:\s|#[^\n]*\n|version:[ \t]*\d+)*dn::?\s/i;
const RECIPIENTS = /^[^\n]*<[^<>\s@]+@[^<>\s@]+>/;

/** Return the format of a file by its text, undefined for none; the file name proves nothing. */
export function kindOf(text: string | undefined): SheetKind {
  if (text === undefined || text.startsWith("PK\u0003")) return "whole";
  if (LDIF.test(text) || RECIPIENTS.test(text)) return "whole";
  if (/^\s*BEGIN:VCARD/i.test(text)) return "vcard";
  if (/^\s*[[{]/.test(text)) return "json";
  return "csv";
}

/** Cut a text into records and finds its columns. */
export function readSheet(kind: SheetKind, text: string): Sheet {
  if (kind === "vcard") return readCards(text);
  if (kind === "json") return readJson(text);
  return readCsv(text);
}

function readCsv(text: string): Sheet {
  const records = cutRecords(text);
  const delimiter = delimiterOf(records);
  const headerAt = headerIndex(records, delimiter);
  const columns = splitCells(records[headerAt]?.raw ?? "", delimiter);
  const body = records.slice(headerAt + 1).filter(({ raw }) => /[^\s,;|]/.test(raw));
  const head = records
    .slice(0, headerAt + 1)
    .map(({ raw }) => `${raw}\n`)
    .join("");
  return { kind: "csv", head, columns, records: body, delimiter };
}

/** Cut at line ends that stand outside quotes. */
export function cutRecords(text: string): SheetRecord[] {
  const records: SheetRecord[] = [];
  let line = 1;
  let start = 0;
  let startLine = 1;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    if (code !== 10) continue;
    line += 1;
    if (quoted) continue;
    const end = text.charCodeAt(at - 1) === 13 ? at - 1 : at;
    if (end > start) records.push({ line: startLine, raw: text.slice(start, end) });
    start = at + 1;
    startLine = line;
  }
  if (start < text.length) records.push({ line: startLine, raw: text.slice(start) });
  return records;
}

/** The delimiter that cuts the first records into the most cells. */
function delimiterOf(records: readonly SheetRecord[]): string {
  const sample = records.slice(0, HEADER_WITHIN);
  const cells = (delimiter: string) =>
    Math.max(0, ...sample.map(({ raw }) => splitCells(raw, delimiter).length));
  return DELIMITERS.reduce((best, next) => (cells(next) > cells(best) ? next : best));
}

/** The header is the first record with as many cells as the widest; records above it are notes. */
function headerIndex(records: readonly SheetRecord[], delimiter: string): number {
  const widths = records
    .slice(0, HEADER_WITHIN)
    .map(({ raw }) => splitCells(raw, delimiter).length);
  const widest = Math.max(1, ...widths);
  const at = widths.findIndex((width) => width >= widest - 1 && width > 1);
  return Math.max(0, at);
}

/** Split one record into its cells (RFC 4180). */
export function splitCells(raw: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw.charAt(at);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (raw[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (char === delimiter) {
      cells.push(cell.trim());
      cell = "";
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}

/** Write cells as one record that `splitCells` reads back. */
export function joinCells(cells: readonly string[], delimiter: string): string {
  const quote = (cell: string) =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return cells.map(quote).join(delimiter);
}

const CARD_COLUMNS = ["FN", "EMAIL", "TEL", "ORG", "TITLE"];

function readCards(text: string): Sheet {
  const records: SheetRecord[] = [];
  let line = 1;
  let card: string[] = [];
  let cardLine = 1;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    if (card.length === 0) cardLine = line;
    line += 1;
    if (raw.trim() === "" && card.length === 0) continue;
    card.push(raw);
    if (/^END:VCARD\s*$/i.test(raw)) {
      records.push({ line: cardLine, raw: card.join("\r\n") + "\r\n" });
      card = [];
    }
  }
  // A last card that breaks off is sent too: the API reports its problem.
  if (card.length > 0) records.push({ line: cardLine, raw: card.join("\r\n") + "\r\n" });
  return { kind: "vcard", head: "", columns: CARD_COLUMNS, records, delimiter: "" };
}

function readJson(text: string): Sheet {
  const parsed: unknown = JSON.parse(text);
  const list = Array.isArray(parsed) ? parsed : listWithin(parsed);
  const records = list.map((item, at) => ({ line: at + 1, raw: JSON.stringify(item) }));
  const columns = [...new Set(list.slice(0, 50).flatMap((item) => Object.keys(item as object)))];
  return { kind: "json", head: "", columns, records, delimiter: "" };
}

/** An export may wrap its list: `{"items": [...]}`, `{"contacts": [...]}`. */
function listWithin(parsed: unknown): unknown[] {
  const lists = Object.values(parsed as object).filter(Array.isArray);
  return (lists[0] as unknown[] | undefined) ?? [parsed];
}

/** Return a record's cells, by the sheet's columns. */
export function cellsOf(sheet: Sheet, record: SheetRecord): string[] {
  if (sheet.kind === "csv") return splitCells(record.raw, sheet.delimiter);
  if (sheet.kind === "json") {
    const item = JSON.parse(record.raw) as Record<string, unknown>;
    return sheet.columns.map((column) => cellText(item[column]));
  }
  return CARD_COLUMNS.map((property) => {
    const found = new RegExp(`^(?:[\\w-]+\\.)?${property}(?:;[^:\\r\\n]*)?:(.*)$`, "im");
    return (found.exec(record.raw)?.[1] ?? "").replaceAll("\\,", ",").replaceAll(/;+$/g, "").trim();
  });
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(cellText).join("; ");
  return JSON.stringify(value);
}

/** Join records to a complete file for the API. */
export function joinRecords(sheet: Sheet, records: readonly SheetRecord[]): string {
  if (sheet.kind === "json") return `[${records.map(({ raw }) => raw).join(",")}]`;
  const end = sheet.kind === "csv" ? "\n" : "";
  return sheet.head + records.map(({ raw }) => raw + end).join("");
}

/** Return the line in the file for a line of a chunk that begins at record `first`. */
export function fileLine(sheet: Sheet, first: number, chunkLine: number): number {
  if (sheet.kind === "json") return first + chunkLine;
  const headLines = sheet.head.split("\n").length - 1;
  let line = headLines;
  for (let at = first; at < sheet.records.length; at += 1) {
    const lines = linesOf(sheet, sheet.records[at]?.raw ?? "");
    if (chunkLine <= line + lines) {
      return (sheet.records[at]?.line ?? 1) + Math.max(0, chunkLine - line - 1);
    }
    line += lines;
  }
  return chunkLine;
}

/** Return the index of the record that holds a line of the file; -1 when none does. */
export function recordAtLine(sheet: Sheet, line: number): number {
  return sheet.records.findLastIndex((record) => record.line <= line);
}

function linesOf(sheet: Sheet, raw: string): number {
  const breaks = raw.split("\n").length - 1;
  return sheet.kind === "vcard" ? breaks : breaks + 1;
}
