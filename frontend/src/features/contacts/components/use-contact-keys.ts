import type { RefObject } from "react";
import type { Selection } from "@/features/contacts/selection";
import { selectionOf, useContactList } from "@/features/contacts/stores/contact-list-store";
import { useHotkeys } from "@/lib/use-hotkeys";
import type { ContactRows } from "./use-contact-rows";

interface ContactKeys {
  rows: ContactRows;
  openId: string | null;
  onOpen: (id: string | null) => void;
  onRemove: (selection: Selection) => void;
  searchField: RefObject<HTMLInputElement>;
}

const PAGE_ROWS = 12;

/** The list by keyboard: j k move, x selects, e edits, Enter opens, Esc steps back, # deletes. */
export function useContactKeys({ rows, openId, onOpen, onRemove, searchField }: ContactKeys) {
  const list = useContactList.getState;
  // Rows that an expected answer is about to replace are not acted on.
  const current = () => (rows.isStale ? undefined : rows.rowAt(list().active));
  const move = (by: number) => (event: KeyboardEvent) => {
    event.preventDefault();
    if (rows.count === 0) return;
    const next = Math.min(rows.count - 1, Math.max(0, list().active + by));
    list().setActive(next);
    const contact = rows.rowAt(next);
    if (openId && contact) onOpen(contact.id); // the open panel follows the row
  };

  useHotkeys({
    j: move(1),
    ArrowDown: move(1),
    k: move(-1),
    ArrowUp: move(-1),
    PageDown: move(PAGE_ROWS),
    PageUp: move(-PAGE_ROWS),
    Home: move(-Infinity),
    End: move(Infinity),
    x: () => {
      const contact = current();
      if (contact) list().toggleSelected(contact.id);
    },
    e: (event) => {
      const contact = current();
      if (!contact) return;
      event.preventDefault();
      list().edit({ id: contact.id, column: "name" });
    },
    Enter: (event) => {
      const contact = current();
      const onControl = event.target instanceof HTMLElement && event.target.closest("a, button");
      if (contact && !onControl) onOpen(contact.id);
    },
    Escape: () => {
      if (openId) onOpen(null);
      else if (list().selected.size > 0) list().setSelected([]);
      else list().setActive(-1);
    },
    "#": (event) => {
      if (event.repeat) return; // a key held down would take the next row, and the next
      const contact = current();
      const selection = selectionOf(list());
      if (selection) onRemove(selection);
      else if (contact) onRemove({ ids: [contact.id] });
    },
    "/": (event) => {
      event.preventDefault();
      searchField.current?.focus();
      searchField.current?.select();
    },
  });
}
