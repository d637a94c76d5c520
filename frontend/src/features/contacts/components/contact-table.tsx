import { useMediaQuery } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, type MouseEvent } from "react";
import { listFieldsOptions } from "@/features/contacts/api/fields";
import type { ContactListItem } from "@/features/contacts/api/list-contacts";
import type { ContactSort } from "@/features/contacts/contact-filter";
import {
  useContactList,
  type Column,
  type EditableColumn,
} from "@/features/contacts/stores/contact-list-store";
import { columnVariables, lookOf } from "./contact-columns";
import { ContactRow } from "./contact-row";
import styles from "./contact-table.module.css";
import type { ContactRows } from "./use-contact-rows";

const ROW_PX = 44;
const CARD_PX = 60;
const HEAD_PX = 36;
/** Rows rendered beyond both ends, so that a fast scroll does not show blank space. */
const OVERSCAN = 12;

interface ContactTableProps {
  rows: ContactRows;
  query: string;
  sort: ContactSort;
  openId: string | null;
  strengthOf: ((id: string) => number | undefined) | undefined;
  onSort: (sort: ContactSort) => void;
  onOpen: (id: string) => void;
  onEdit: (contact: ContactListItem, column: EditableColumn, value: string, base: string) => void;
}

/** The table of contacts; only visible rows are rendered. */
export function ContactTable(props: ContactTableProps) {
  const { rows, query, openId, strengthOf, onOpen, onEdit } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [narrow] = useMediaQuery("(max-width: 599px)", { ssr: false });
  const columns = useColumns(strengthOf !== undefined);
  const active = useContactList((state) => state.active);
  const rowHeight = narrow ? CARD_PX : ROW_PX;

  // The library's object changes in place; the compiler's memoisation is not used here.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    // The row of the keyboard stays while others are scrolled to: it is the grid's active descendant,
    // and one of its cells may be a field with typed text.
    rangeExtractor: useCallback((range: Range) => withRow(active, range), [active]),
    paddingStart: narrow ? 0 : HEAD_PX,
    scrollPaddingStart: narrow ? 0 : HEAD_PX,
  });
  const seen = virtual.getVirtualItems();
  const lastSeen = seen.at(-1)?.index ?? 0;
  const { need } = rows;

  useEffect(() => need(lastSeen), [need, lastSeen]);
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [virtual, active]);

  const onCheck = useCheck(rows);
  const onPress = useCallback(
    (index: number, id: string) => {
      useContactList.getState().setActive(index);
      if (narrow || openId) onOpen(id); // an open panel follows the row
    },
    [narrow, openId, onOpen],
  );

  return (
    <div className={styles.table} style={columnVariables(columns)}>
      <div
        ref={scroller}
        id="contact-grid"
        role="grid"
        tabIndex={0}
        aria-label="Contacts"
        aria-multiselectable
        aria-rowcount={rows.count + 1}
        aria-activedescendant={active >= 0 ? `contact-row-${active}` : undefined}
        aria-busy={rows.isPending}
        className={rows.isStale ? `${styles.scroller} ${styles.stale}` : styles.scroller}
      >
        <div role="rowgroup" className={styles.sheet} style={{ height: virtual.getTotalSize() }}>
          <TableHead {...props} />
          {seen.map((item) => {
            const contact = rows.rowAt(item.index);
            return (
              <ContactRow
                key={item.key}
                contact={contact}
                index={item.index}
                top={item.start}
                columns={columns}
                query={query}
                strength={contact && strengthOf?.(contact.id)}
                isOpen={contact?.id === openId}
                onOpen={onOpen}
                onPress={onPress}
                onCheck={onCheck}
                onEdit={onEdit}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The rows of a range, and one more where it is not among them. */
function withRow(row: number, range: Range): number[] {
  const rows = defaultRangeExtractor(range);
  if (row < 0 || row >= range.count || rows.includes(row)) return rows;
  return [...rows, row].sort((one, other) => one - other);
}

/** The chosen columns, without the strength where the API has no ties. */
function useColumns(hasStrength: boolean): readonly Column[] {
  const columns = useContactList((state) => state.columns);
  return useMemo(
    () => (hasStrength ? columns : columns.filter((column) => column !== "strength")),
    [columns, hasStrength],
  );
}

/** Select a row by its checkbox; with Shift, all rows from the last one clicked. */
function useCheck(rows: ContactRows) {
  const anchor = useRef(-1);
  const { rowAt } = rows;
  return useCallback(
    (index: number, event: MouseEvent) => {
      const { selected, setSelected, toggleSelected } = useContactList.getState();
      const from = event.shiftKey && anchor.current >= 0 ? anchor.current : index;
      anchor.current = index;
      if (from === index) {
        const contact = rowAt(index);
        if (contact) toggleSelected(contact.id);
        return;
      }
      const range = new Set(selected);
      for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
        const contact = rowAt(at);
        if (contact) range.add(contact.id);
      }
      setSelected(range);
    },
    [rowAt],
  );
}

function TableHead({ rows, sort, query, strengthOf, onSort }: ContactTableProps) {
  const columns = useColumns(strengthOf !== undefined);
  const { data: fields = [] } = useQuery(listFieldsOptions());
  const selected = useContactList((state) => state.selected.size);
  const all = rows.loaded > 0 && selected >= rows.loaded;
  const selectAll = () => {
    const ids = Array.from({ length: rows.loaded }, (_, at) => rows.rowAt(at)?.id ?? "");
    useContactList.getState().setSelected(all ? [] : ids);
  };
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      <div role="columnheader" className={styles.check}>
        <input
          type="checkbox"
          aria-label="Select all rows that are loaded"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = selected > 0 && !all;
          }}
          onChange={selectAll}
        />
      </div>
      <Heading label="Name" by="name" sort={sort} ranked={query !== ""} onSort={onSort} />
      {columns.map((column) => {
        const look = lookOf(column, fields);
        return (
          <Heading
            key={column}
            label={look.label}
            by={look.sort}
            sort={sort}
            ranked={query !== ""}
            onSort={onSort}
          />
        );
      })}
    </div>
  );
}

interface HeadingProps {
  label: string;
  by: ContactSort | undefined;
  sort: ContactSort;
  /** Search results are ordered by rank, not by a column. */
  ranked: boolean;
  onSort: (sort: ContactSort) => void;
}

function Heading({ label, by, sort, ranked, onSort }: HeadingProps) {
  if (!by || ranked) {
    return <div role="columnheader">{label}</div>;
  }
  const down = by.startsWith("-");
  const chosen = sort === by;
  return (
    <div role="columnheader" aria-sort={chosen ? (down ? "descending" : "ascending") : "none"}>
      <button type="button" className={styles.sort} onClick={() => onSort(by)}>
        {label}
        {chosen && (down ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
      </button>
    </div>
  );
}
