import { labelOf, type ContactField } from "@/features/contacts/contact-fields";
import type { Import, PreviewRow } from "@/types/api";
import { fieldWords } from "./fields";

/** A row of the preview as the table shows it. */
export interface SheetRow {
  line: number;
  cells: readonly string[];
  outcome: string;
  /** The contact as it will be, in one line; null where it is as the cells say. */
  after: string | null;
  /** Why the row, or a value of it, is left out. */
  problem: string | null;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  new: "New",
  changed: "Update",
  known: "Unchanged",
  refused: "Left out",
};

/** Shown for files without columns, such as vCard. */
const SHOWN: readonly ContactField[] = ["name", "email", "phones", "company", "title"];

/** Return the columns and rows of the table: those of the file, else the fields of the contacts. */
export function sheetOf({ plan, preview, errors }: Import): {
  columns: readonly string[];
  rows: readonly SheetRow[];
  mappable: boolean;
} {
  const titles = plan?.columns ?? Object.keys(plan?.mapping ?? {});
  const hasCells = (preview ?? []).some((row) => row.outcome !== "refused" && row.cells);
  const isTable = hasCells && titles.length > 0;
  const problems = new Map(
    (errors ?? []).map((error) => [error.line, problemWords(error)] as const),
  );
  const rows = (preview ?? []).map((row) => ({
    line: row.line,
    cells: isTable ? (row.cells ?? []) : SHOWN.map((field) => valueWords(row.contact?.[field])),
    outcome: OUTCOMES[row.outcome ?? ""] ?? "",
    after: row.outcome === "changed" ? afterWords(row) : null,
    problem: problems.get(row.line) ?? null,
  }));
  return { columns: isTable ? titles : SHOWN.map(labelOf), rows, mappable: titles.length > 0 };
}

/** Return an error of a row in words. */
export function problemWords(error: {
  field: string | null;
  message: string;
  value: string | null;
}): string {
  const field = error.field ? `${fieldWords(error.field)} ` : "";
  return `${field}${error.value ? `“${error.value}” ` : ""}${error.message}`;
}

function afterWords({ contact }: PreviewRow): string {
  return SHOWN.map((field) => valueWords(contact?.[field]))
    .filter(Boolean)
    .join(" · ");
}

function valueWords(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join("; ") : "";
}
