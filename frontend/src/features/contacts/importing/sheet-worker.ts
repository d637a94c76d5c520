import {
  cellsOf,
  decodeText,
  fileLine,
  joinCells,
  joinRecords,
  kindOf,
  readSheet,
  recordAtLine,
  type Sheet,
  type SheetKind,
} from "./records";

/** The requests of the page to the worker; each gets a reply with the same `ask`. */
export type SheetRequest =
  | { ask: "open"; file: File }
  | { ask: "chunk"; first: number; count: number }
  | { ask: "rows"; indexes: number[] }
  | { ask: "edit"; index: number; column: number; value: string }
  | { ask: "lines"; first: number; lines: number[] }
  | { ask: "some"; indexes: number[] };

export interface SheetReplies {
  open: { kind: SheetKind; columns: string[]; count: number; rows: string[][] };
  chunk: { text: string };
  rows: { rows: string[][] };
  edit: { done: true };
  lines: { lines: { line: number; index: number }[] };
  some: { text: string };
}

/** Rows sent with the reply to opening a file: those that the preview shows. */
const PREVIEW_ROWS = 100;

let sheet: Sheet | null = null;

async function reply(request: SheetRequest): Promise<SheetReplies[SheetRequest["ask"]]> {
  if (request.ask === "open") return open(request.file);
  if (!sheet) throw new Error("no file is open");
  const { records } = sheet;
  const pick = (indexes: readonly number[]) => indexes.flatMap((at) => records[at] ?? []);
  switch (request.ask) {
    case "chunk":
      return {
        text: joinRecords(sheet, records.slice(request.first, request.first + request.count)),
      };
    case "rows": {
      const of = sheet;
      return { rows: pick(request.indexes).map((record) => cellsOf(of, record)) };
    }
    case "edit":
      return edit(sheet, request.index, request.column, request.value);
    case "lines": {
      const of = sheet;
      return {
        lines: request.lines.map((chunkLine) => {
          const line = fileLine(of, request.first, chunkLine);
          return { line, index: recordAtLine(of, line) };
        }),
      };
    }
    case "some":
      return { text: joinRecords(sheet, pick(request.indexes)) };
  }
}

async function open(file: File): Promise<SheetReplies["open"]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = decodeText(bytes);
  const kind = kindOf(text);
  if (text === undefined || kind === "whole") {
    return { kind: "whole", columns: [], count: 0, rows: [] };
  }
  const opened = readSheet(kind, text);
  sheet = opened;
  const rows = opened.records.slice(0, PREVIEW_ROWS).map((record) => cellsOf(opened, record));
  return { kind, columns: opened.columns, count: opened.records.length, rows };
}

function edit(of: Sheet, index: number, column: number, value: string): SheetReplies["edit"] {
  const record = of.records[index];
  if (record && of.kind === "csv") {
    const cells = cellsOf(of, record);
    while (cells.length < of.columns.length) cells.push("");
    cells[column] = value;
    of.records[index] = { line: record.line, raw: joinCells(cells, of.delimiter) };
  } else if (record && of.kind === "json") {
    const item = JSON.parse(record.raw) as Record<string, unknown>;
    item[of.columns[column] ?? ""] = value;
    of.records[index] = { line: record.line, raw: JSON.stringify(item) };
  }
  return { done: true };
}

addEventListener("message", (event: MessageEvent<{ id: number; request: SheetRequest }>) => {
  const { id, request } = event.data;
  reply(request).then(
    (answer) => postMessage({ id, answer }),
    (error: unknown) => postMessage({ id, error: String(error) }),
  );
});
