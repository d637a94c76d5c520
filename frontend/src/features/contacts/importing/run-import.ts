import { importContacts, type ImportOptions } from "@/features/contacts/api/import-contacts";
import type { ImportAnswer } from "@/types/api";
import type { OpenSheet } from "./open-sheet";

/** Rows per request: one answers in well under a second, and progress moves with each. */
export const CHUNK_ROWS = 2000;

/** A refused row, by its line in the file. */
export interface RefusedRow {
  index: number;
  line: number;
  field: string | null;
  message: string;
  value: string | null;
}

/** The result of an import so far. */
export interface ImportTally {
  done: number;
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  refused: RefusedRow[];
  format: string;
  mapping: Record<string, string>;
  startedAt: number;
}

export function emptyTally(total: number, now = Date.now()): ImportTally {
  const counts = { done: 0, created: 0, updated: 0, unchanged: 0, failed: 0 };
  return { ...counts, total, refused: [], format: "", mapping: {}, startedAt: now };
}

/** Add a chunk's answer to the tally. */
export function addToTally(
  tally: ImportTally,
  answer: ImportAnswer,
  refused: readonly RefusedRow[],
  rows: number,
): ImportTally {
  return {
    ...tally,
    done: Math.min(tally.total, tally.done + rows),
    created: tally.created + answer.created,
    updated: tally.updated + answer.updated,
    unchanged: tally.unchanged + answer.unchanged,
    failed: tally.failed + answer.failed,
    refused: [...tally.refused, ...refused],
    format: answer.format,
    mapping: answer.mapping,
  };
}

/** Rows a second so far, and the seconds that are left at that rate. */
export function pace(tally: ImportTally, now: number): { rate: number; leftS: number } {
  const rate = tally.done / Math.max(0.001, (now - tally.startedAt) / 1000);
  return { rate, leftS: rate > 0 ? (tally.total - tally.done) / rate : Infinity };
}

/**
 * Import a sheet chunk by chunk from where the tally stands, so that an interrupted import can
 * continue.
 *
 * `onProgress` gets the tally after every chunk. Throws the API's refusal, or the abort.
 */
export async function runImport(
  sheet: OpenSheet,
  options: ImportOptions,
  from: ImportTally,
  onProgress: (tally: ImportTally) => void,
): Promise<ImportTally> {
  let tally = from;
  if (sheet.kind === "whole") {
    const answer = await importContacts("whole", sheet.file, options);
    const refused = answer.errors.map((error) => ({ ...error, index: -1 }));
    const whole = { ...tally, total: answer.received };
    return addToTally(whole, answer, refused, answer.received);
  }
  while (tally.done < tally.total) {
    const answer = await sendChunk(sheet, tally.done, CHUNK_ROWS, options);
    const rows = Math.min(CHUNK_ROWS, tally.total - tally.done);
    tally = addToTally(tally, answer.answer, answer.refused, rows);
    onProgress(tally);
  }
  return tally;
}

/** Send some rows; return the answer, its errors by their lines in the whole file. */
export async function sendChunk(
  sheet: OpenSheet,
  first: number,
  count: number,
  options: ImportOptions,
): Promise<{ answer: ImportAnswer; refused: RefusedRow[] }> {
  if (sheet.kind === "whole") {
    const answer = await importContacts("whole", sheet.file, options);
    return { answer, refused: answer.errors.map((error) => ({ ...error, index: -1 })) };
  }
  const { text } = await sheet.ask<"chunk">({ ask: "chunk", first, count });
  const answer = await importContacts(sheet.kind, text, options);
  const lines = answer.errors.map((error) => error.line);
  const places = await sheet.ask<"lines">({ ask: "lines", first, lines });
  const refused = answer.errors.map((error, at) => ({
    ...error,
    line: places.lines[at]?.line ?? error.line,
    index: places.lines[at]?.index ?? -1,
  }));
  return { answer, refused };
}
