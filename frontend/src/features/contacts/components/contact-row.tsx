import { memo, type MouseEvent } from "react";
import { Avatar } from "@/components/avatar";
import { MarkedText } from "@/components/marked-text";
import { Strength } from "@/components/strength";
import type { ContactListItem } from "@/features/contacts/api/list-contacts";
import {
  EDITABLE,
  useContactList,
  type Column,
  type EditableColumn,
} from "@/features/contacts/stores/contact-list-store";
import { displayName, fullTime, timeAgo } from "@/lib/format";
import { CellEditor } from "./cell-editor";
import { isCustom } from "./contact-columns";
import { CustomValue } from "./custom-value";
import styles from "./contact-table.module.css";

export interface ContactRowProps {
  contact: ContactListItem | undefined;
  index: number;
  top: number;
  columns: readonly Column[];
  query: string;
  strength: number | undefined;
  isOpen: boolean;
  onOpen: (id: string) => void;
  onPress: (index: number, id: string) => void;
  onCheck: (index: number, event: MouseEvent) => void;
  onEdit: (contact: ContactListItem, column: EditableColumn, value: string, base: string) => void;
}

/**
 * One contact in the table. Plain elements and classes: rows are created and removed at every frame
 * of a scroll.
 */
export const ContactRow = memo(function ContactRow(props: ContactRowProps) {
  const { contact, index, top, columns, query, isOpen, onOpen, onPress, onCheck } = props;
  const isActive = useContactList((state) => state.active === index);
  const isSelected = useContactList(
    (state) => !!contact && (state.fitting !== null || state.selected.has(contact.id)),
  );
  const editing = useContactList((state) =>
    contact && state.editing?.id === contact.id ? state.editing.column : null,
  );
  const place = { transform: `translateY(${top}px)` };
  if (!contact) return <BoneRow columns={columns} index={index} place={place} />;

  const name = displayName(contact);
  const under = [contact.title, contact.company].filter(Boolean).join(", ") || contact.email;
  return (
    // The grid handles the keys: one handler for all rows.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      id={`contact-row-${index}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-active={isActive}
      data-open={isOpen}
      className={styles.row}
      style={place}
      onClick={() => editing === null && onPress(index, contact.id)}
    >
      <div role="gridcell" className={styles.check}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${name}`}
          checked={isSelected}
          onChange={ignoreChange}
          onClick={(event) => {
            event.stopPropagation();
            onCheck(index, event);
          }}
        />
      </div>
      <div role="gridcell" className={styles.who} {...editOnDoubleClick(contact.id, "name")}>
        <Avatar name={name} self={contact.is_self} />
        {editing === "name" ? (
          <Editor {...props} contact={contact} column="name" />
        ) : (
          <span className={styles.cell}>
            {/* A click on the name opens the contact; elsewhere it is the first half of a double click. */}
            <a
              href={`/contacts?person=${contact.id}`}
              tabIndex={-1}
              className={styles.name}
              onClick={(event) => {
                // With a key or another button held, the browser opens a tab.
                if (event.ctrlKey || event.metaKey || event.shiftKey) {
                  event.stopPropagation();
                  return;
                }
                event.preventDefault();
                onOpen(contact.id);
              }}
            >
              <MarkedText text={name} query={query} />
            </a>
            <span className={styles.under}>
              <MarkedText text={under ?? ""} query={query} />
            </span>
          </span>
        )}
      </div>
      {columns.map((column) => (
        <div
          role="gridcell"
          key={column}
          className={`${styles.cell} ${column === "strength" ? "" : styles.optional}`}
          {...editOnDoubleClick(contact.id, column)}
        >
          {editing === column ? (
            <Editor {...props} contact={contact} column={column} />
          ) : (
            <Cell {...props} contact={contact} column={column} />
          )}
        </div>
      ))}
    </div>
  );
});

/** How many letters of tags fit into the narrowest column, besides a "+2". */
const TAGS_CHARACTERS = 8;

/** A controlled checkbox requires a handler; the click handler reads the Shift key. */
function ignoreChange() {}

function editOnDoubleClick(id: string, column: Column | "name") {
  if (!EDITABLE.includes(column)) return {};
  const edit = () => useContactList.getState().edit({ id, column: column as EditableColumn });
  return { onDoubleClick: edit };
}

type Known = ContactRowProps & { contact: ContactListItem };

function Cell({ contact, column, query, strength }: Known & { column: Column }) {
  if (isCustom(column)) {
    const value = contact.custom?.[column.slice("custom.".length)] ?? "";
    return (
      <span className={styles.muted} title={value}>
        <CustomValue value={value} />
      </span>
    );
  }
  switch (column) {
    case "phones":
      return (
        <span className={styles.muted} title={contact.phones?.join(", ")}>
          {contact.phones?.[0]}
        </span>
      );
    case "strength":
      return strength === undefined ? (
        <span className={styles.untied} title="You have no tie to this contact" />
      ) : (
        <Strength strength={strength} />
      );
    case "updated":
      return (
        <span className={styles.number} title={fullTime(contact.updated_at)}>
          {timeAgo(contact.updated_at)}
        </span>
      );
    case "tags":
      return <Tags tags={contact.tags} query={query} />;
    case "company":
    case "title":
    case "location":
    case "email":
      return (
        <span
          className={column === "company" ? undefined : styles.muted}
          title={contact[column] ?? undefined}
        >
          <MarkedText text={contact[column] ?? ""} query={query} />
        </span>
      );
  }
}

/** Tags that fit, and how many more there are. */
function Tags({ tags, query }: { tags: readonly string[]; query: string }) {
  const length = (upTo: number) => tags.slice(0, upTo).join("   ").length;
  let shown = tags.length;
  while (shown > 1 && length(shown) > TAGS_CHARACTERS) shown -= 1;
  return (
    <span className={styles.tags} title={tags.join(", ")}>
      {tags.slice(0, shown).map((tag) => (
        <span key={tag} className={styles.tag}>
          <MarkedText text={tag} query={query} />
        </span>
      ))}
      {shown < tags.length && <span className={styles.more}>+{tags.length - shown}</span>}
    </span>
  );
}

function Editor({ contact, column, onEdit }: Known & { column: Column | "name" }) {
  const field = column as EditableColumn;
  return (
    <CellEditor
      label={field}
      value={contact[field] ?? ""}
      onChanged={(value, base) => onEdit(contact, field, value, base)}
    />
  );
}

function BoneRow(props: { columns: readonly Column[]; index: number; place: object }) {
  return (
    <div role="row" aria-rowindex={props.index + 2} className={styles.row} style={props.place}>
      <div role="gridcell" className={styles.check} />
      <div role="gridcell" className={styles.who}>
        <div className={styles.face} />
        <div className={styles.bone} />
      </div>
      {props.columns.map((column) => (
        <div role="gridcell" key={column} className={styles.optional}>
          <div className={styles.bone} />
        </div>
      ))}
    </div>
  );
}
