import type { Contact } from "@/types/api";

const COLUMNS = [
  ...["name", "email", "emails", "phones", "company", "title", "location", "linkedin_url"],
  ...["birthday", "notes", "tags"],
] as const satisfies readonly (keyof Contact)[];

/** Writes contacts as CSV that the import reads back; several values in a cell are told by `;`. */
export function contactsCsv(contacts: readonly Contact[]): string {
  const rows = contacts.map((contact) =>
    COLUMNS.map((column) => {
      const value = contact[column];
      return Array.isArray(value) ? value.join("; ") : (value ?? "");
    }),
  );
  return csv([COLUMNS, ...rows]);
}

/** Joins rows into CSV (RFC 4180). */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
