import type { COLUMNS, Column } from "@/features/contacts/stores/contact-list-store";
import type { CustomField } from "@/features/contacts/api/fields";
import type { ContactSort } from "@/features/contacts/contact-filter";

interface ColumnLook {
  label: string;
  /** The share of the row, as a grid track. */
  track: string;
  /** The order after a click on the heading. */
  sort?: ContactSort;
}

const COLUMN_LOOKS: Record<(typeof COLUMNS)[number], ColumnLook> = {
  company: { label: "Company", track: "minmax(110px, 1.1fr)", sort: "company" },
  title: { label: "Title", track: "minmax(110px, 1.2fr)" },
  strength: { label: "Strength", track: "104px", sort: "-strength" },
  email: { label: "E-mail", track: "minmax(140px, 1.5fr)" },
  phones: { label: "Phone", track: "minmax(110px, 1fr)" },
  location: { label: "Location", track: "minmax(100px, 1fr)" },
  tags: { label: "Tags", track: "minmax(90px, 1fr)" },
  updated: { label: "Updated", track: "78px", sort: "-updated_at" },
};

/** Return the look of a column; a column of a custom field has the name of the field. */
export function lookOf(column: Column, fields: readonly CustomField[]): ColumnLook {
  if (!isCustom(column)) return COLUMN_LOOKS[column];
  const field = fields.find(({ key }) => `custom.${key}` === column);
  return {
    label: field?.name ?? column.slice("custom.".length),
    track: "minmax(100px, 1fr)",
    ...(field ? { sort: column } : {}),
  };
}

export function isCustom(column: Column): column is `custom.${string}` {
  return column.startsWith("custom.");
}

export const NAME_TRACK = "minmax(180px, 1.5fr)";
const CHECK_TRACK = "24px";
const COLUMN_MIN_PX = 118;

/** Return the CSS variables that lay out the table's rows. */
export function columnVariables(columns: readonly Column[]): Record<string, string> {
  const tracks = [CHECK_TRACK, NAME_TRACK, ...columns.map((column) => lookOf(column, []).track)];
  return {
    "--columns": tracks.join(" "),
    "--sheet-width": `${260 + columns.length * COLUMN_MIN_PX}px`,
  };
}
