import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import {
  EDITABLE,
  useContactList,
  type EditableColumn,
} from "@/features/contacts/stores/contact-list-store";
import styles from "./contact-table.module.css";

interface CellEditorProps {
  label: string;
  value: string;
  /** Called with the new value and the value it replaces; not called when nothing was typed. */
  onChanged: (value: string, base: string) => void;
}

/**
 * A cell as a field: Enter keeps, Esc leaves, Tab keeps and goes on to the next cell. A cell that
 * goes away keeps what was typed, as its row may leave the list or change its place.
 */
export function CellEditor({ label, value, onChanged }: CellEditorProps) {
  const input = useRef<HTMLInputElement>(null);
  const finished = useRef(false);
  // The value when the cell became a field: a newer value must not count as typed.
  const [base] = useState(value);
  const { edit, editing } = useContactList.getState();

  const keep = (text: string) => {
    if (text !== base && text.trim() !== base) onChanged(text.trim(), base);
  };
  const keepLatest = useRef(keep);
  useEffect(() => {
    keepLatest.current = keep;
  });
  useEffect(() => {
    const field = input.current;
    field?.select();
    // React reports no blur of a field that it removes.
    return () => {
      if (!finished.current && field) keepLatest.current(field.value);
    };
  }, []);

  const finish = (kept: boolean, next: EditableColumn | null = null) => {
    if (finished.current) return; // leaving the field blurs it, which would finish it again
    finished.current = true;
    if (kept) keep(input.current?.value ?? base);
    edit(next && editing ? { id: editing.id, column: next } : null);
    if (!next) document.getElementById("contact-grid")?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") finish(true);
    else if (event.key === "Escape") finish(false);
    else if (event.key === "Tab") finish(true, nextColumn(editing?.column, event.shiftKey));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <input
      ref={input}
      className={styles.editor}
      aria-label={label}
      defaultValue={base}
      data-keeps-keys=""
      onKeyDown={onKeyDown}
      onBlur={() => finish(true)}
      onClick={(event) => event.stopPropagation()}
    />
  );
}

/** The editable cell beside this one that is shown; null at the row's ends. */
function nextColumn(from: EditableColumn | undefined, back: boolean): EditableColumn | null {
  const { columns } = useContactList.getState();
  const cells = ["name", ...columns].filter((name) => EDITABLE.includes(name));
  const at = cells.indexOf(from ?? "name") + (back ? -1 : 1);
  return (cells[at] as EditableColumn | undefined) ?? null;
}
