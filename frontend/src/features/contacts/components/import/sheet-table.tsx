import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { FIELDS, fieldWords } from "@/features/contacts/importing/fields";
import type { SheetRow } from "@/features/contacts/importing/sheet-rows";
import styles from "./sheet-table.module.css";

interface SheetTableProps {
  columns: readonly string[];
  rows: readonly SheetRow[];
  mapping: Readonly<Record<string, string>>;
  mappable: boolean;
  onMap: (column: string, field: string) => void;
}

const ROW_PX = 34;

/** The first rows of the file as a table: headings name the fields, doubtful rows are tinted. */
export function SheetTable(props: SheetTableProps) {
  const { columns, rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const problems = rows.filter((row) => row.problem !== null);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      // Scrollable content must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label="The file"
    >
      <table className={styles.sheet}>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>
              #
            </th>
            <th scope="col">
              <span className={styles.column}>Becomes</span>
            </th>
            {columns.map((column, at) => (
              <th scope="col" key={`${at}-${column}`}>
                <span className={styles.column} title={column}>
                  {column || `Column ${at + 1}`}
                </span>
                <Meaning {...props} column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden style={{ height: above }} />
          {items.map(({ index }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <tr key={index} className={row.problem ? styles.doubtful : undefined}>
                <th scope="row" className={styles.number} title={row.problem ?? undefined}>
                  {row.line}
                </th>
                <td title={row.after ?? undefined}>{row.outcome}</td>
                {columns.map((column, at) => (
                  <td
                    key={`${at}-${column}`}
                    title={row.problem ?? row.cells[at]}
                    className={row.problem ? styles.problem : undefined}
                  >
                    {row.cells[at] ?? ""}
                  </td>
                ))}
              </tr>
            );
          })}
          <tr aria-hidden style={{ height: Math.max(0, below) }} />
        </tbody>
      </table>
      {problems.length > 0 && <ProblemList rows={problems} />}
    </div>
  );
}

function Meaning({ column, mapping, mappable, onMap }: SheetTableProps & { column: string }) {
  const field = mapping[column] ?? "";
  if (!mappable) return <span className={styles.meaning}>{fieldWords(field)}</span>;
  const known = FIELDS.some(([name]) => name === field);
  return (
    <select
      className={styles.meaning}
      aria-label={`What ${column} becomes`}
      value={field}
      onChange={(event) => onMap(column, event.target.value)}
    >
      {field === "" && <option value="">Not used</option>}
      {!known && field !== "" && <option value={field}>{fieldWords(field)}</option>}
      {FIELDS.map(([name, words]) => (
        <option key={name} value={name}>
          {words}
        </option>
      ))}
    </select>
  );
}

const MOST_LISTED = 5;

function ProblemList({ rows }: { rows: readonly SheetRow[] }) {
  return (
    <ul className={styles.problems}>
      {rows.slice(0, MOST_LISTED).map((row) => (
        <li key={row.line}>
          Line {row.line}: {row.problem}
        </li>
      ))}
      {rows.length > MOST_LISTED && <li>and {rows.length - MOST_LISTED} more</li>}
    </ul>
  );
}
