import type { Contact } from "@/types/api";
import { FIELD_NAMES, type ContactField } from "./contact-fields";

/** What a spreadsheet would run as a formula when a cell begins with it; as in the API's export. */
const FORMULA = "=+-@\t\r\n＝＋－＠";

/** Writes contacts as the API's export does: the import reads them back without loss. */
export function contactsCsv(contacts: readonly Contact[]): string {
  return csv([
    FIELD_NAMES,
    ...contacts.map((contact) => FIELD_NAMES.map((column) => cell(contact[column]))),
  ]);
}

/** Joins rows into CSV (RFC 4180). */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function cell(value: Contact[ContactField]): string {
  if (value === null) return "";
  if (typeof value === "string") return guarded(value);
  if (Array.isArray(value)) return guarded(value.map(escaped).join("; "));
  return Object.keys(value).length ? JSON.stringify(value) : "";
}

/** A value among others in a cell, which semicolons part. */
function escaped(item: string): string {
  return item.replaceAll(/[\\;]/g, "\\$&").replace(/^ /, "\\ ");
}

/** A cell that no spreadsheet takes for a formula: the apostrophe goes again when it is imported. */
function guarded(text: string): string {
  const first = text.charAt(0);
  const looksGuarded = first === "'" && text.length > 1 && `${FORMULA}'`.includes(text.charAt(1));
  return looksGuarded || (first && FORMULA.includes(first)) ? `'${text}` : text;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
