import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { BulkFilter, Selection } from "@/features/contacts/selection";

export const COLUMNS = [
  "company",
  "title",
  "strength",
  "email",
  "phones",
  "location",
  "tags",
  "updated",
] as const;
/** A column of the list; one of a custom field has its key. */
export type Column = (typeof COLUMNS)[number] | `custom.${string}`;

interface ContactListState {
  /** The columns shown after the name, kept between visits. */
  columns: Column[];
  toggleColumn: (column: Column) => void;
  setColumns: (names: readonly string[]) => void;
  selected: ReadonlySet<string>;
  /** All that fit the filter are selected, whether loaded or not. */
  fitting: { filter: BulkFilter; count: number } | null;
  setFitting: (fitting: ContactListState["fitting"]) => void;
  setSelected: (ids: Iterable<string>) => void;
  toggleSelected: (id: string) => void;
  /** The row that the keyboard is on; -1 before the first key. */
  active: number;
  setActive: (row: number) => void;
  /** The cell being edited. */
  editing: { id: string; column: EditableColumn } | null;
  edit: (cell: ContactListState["editing"]) => void;
}

export type EditableColumn = "name" | "company" | "title" | "location" | "email";
export const EDITABLE: readonly string[] = ["name", "company", "title", "location", "email"];

/**
 * Return the columns a browser has kept, by today's names: version 0 said "warmth" for strength.
 */
export function renamedColumns(kept: unknown): Pick<ContactListState, "columns"> {
  const { columns } = kept as { columns: string[] };
  const renamed = columns.map((column) => (column === "warmth" ? "strength" : column));
  return { columns: knownColumns(renamed) };
}

/** Return the columns among names, in the order of COLUMNS, with those of custom fields behind. */
export function knownColumns(names: readonly string[]): Column[] {
  const custom = names.filter((name): name is `custom.${string}` => name.startsWith("custom."));
  return [...COLUMNS.filter((column) => names.includes(column)), ...new Set(custom)];
}

/** The state of the list view. Its rows live in the query cache, its filter in the address. */
export const useContactList = create<ContactListState>()(
  persist(
    (set) => ({
      columns: ["company", "title", "strength", "email", "tags", "updated"],
      toggleColumn: (column) =>
        set(({ columns }) => ({
          // Always in the order of COLUMNS, whatever the order of switching them on.
          columns: knownColumns(
            columns.includes(column)
              ? columns.filter((other) => other !== column)
              : [...columns, column],
          ),
        })),
      setColumns: (names) => set({ columns: knownColumns(names) }),
      selected: new Set<string>(),
      fitting: null,
      setFitting: (fitting) => set({ fitting }),
      setSelected: (ids) => set({ selected: new Set(ids), fitting: null }),
      toggleSelected: (id) =>
        set(({ selected }) => {
          const next = new Set(selected);
          if (!next.delete(id)) next.add(id);
          return { selected: next, fitting: null };
        }),
      active: -1,
      setActive: (active) => set({ active }),
      editing: null,
      edit: (editing) => set({ editing }),
    }),
    {
      name: "warmpath-contact-list",
      partialize: ({ columns }) => ({ columns }),
      version: 1,
      migrate: renamedColumns,
    },
  ),
);

/** Return what is selected; null for nothing. */
export function selectionOf({
  selected,
  fitting,
}: Pick<ContactListState, "selected" | "fitting">): Selection | null {
  if (fitting) return fitting;
  return selected.size > 0 ? { ids: [...selected] } : null;
}
