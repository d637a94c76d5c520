import type { Contact } from "@/types/api";
import { FIELD_NAMES, type ContactField } from "./contact-fields";

/** The beginnings of a cell that a spreadsheet would run as a formula; as in the API's export. */
const FORMULA = "=+-@\t\r\n＝＋－＠";

/** Phones and days, which stay as they are: digits and signs alone run nothing; as in the API's export. */
const NUMBERS =
  /^[+-]{1,2}[0-9(][0-9 ().\-/+;]*(?: ext\. [0-9]{1,6}(?:; [+0-9(][0-9 ().\-/+;]*)?)*$/;

/** Write contacts as the API's export does: the import reads them back without loss. */
export function contactsCsv(contacts: readonly Contact[]): string {
  return csv([
    FIELD_NAMES,
    ...contacts.map((contact) => FIELD_NAMES.map((column) => cell(contact[column]))),
  ]);
}

/** Join rows into CSV (RFC 4180). */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function cell(value: Contact[ContactField]): string {
  if (value === null) return "";
  if (typeof value === "string") return guarded(value);
  if (Array.isArray(value)) return guarded(value.map(escaped).join("; "));
  return Object.keys(value).length ? JSON.stringify(value) : "";
}

/** One of several values in a cell, separated by semicolons. */
function escaped(item: string): string {
  return item.replaceAll(/[\\;]/g, "\\$&").replace(/^ /, "\\ ");
}

/** A cell that no spreadsheet runs as a formula; the import removes the apostrophe. */
function guarded(text: string): string {
  if (NUMBERS.test(text)) return text;
  const first = text.charAt(0);
  const looksGuarded = first === "'" && text.length > 1 && `${FORMULA}'`.includes(text.charAt(1));
  return looksGuarded || (first && FORMULA.includes(first)) ? `'${text}` : text;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
