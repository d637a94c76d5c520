import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { FIELDS, fieldWords } from "@/features/contacts/importing/fields";
import type { RefusedRow } from "@/features/contacts/importing/run-import";
import styles from "./sheet-table.module.css";

interface SheetTableProps {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  mapping: Readonly<Record<string, string>>;
  mappable: boolean;
  editable: boolean;
  refused: readonly RefusedRow[];
  onMap: (column: string, field: string) => void;
  onEdit: (row: number, column: number, value: string) => void;
}

const ROW_PX = 34;

/** The file as a table: headings name the fields, doubtful cells are tinted. */
export function SheetTable(props: SheetTableProps) {
  const { columns, rows, mapping, refused, editable, onEdit } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const problems = useMemo(() => problemsByRow(refused), [refused]);
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
            const problem = problems.get(index);
            return (
              <tr key={index} className={problem ? styles.doubtful : undefined}>
                <th scope="row" className={styles.number} title={problem?.message}>
                  {index + 1}
                </th>
                {columns.map((column, at) => (
                  <SheetCell
                    key={`${at}-${column}`}
                    label={`${column} of row ${index + 1}`}
                    value={rows[index]?.[at] ?? ""}
                    problem={isAbout(problem, column, mapping) ? problem?.message : undefined}
                    editable={editable}
                    onChange={(value) => onEdit(index, at, value)}
                  />
                ))}
              </tr>
            );
          })}
          <tr aria-hidden style={{ height: Math.max(0, below) }} />
        </tbody>
      </table>
      {problems.size > 0 && <ProblemList refused={refused} />}
    </div>
  );
}

function problemsByRow(refused: readonly RefusedRow[]): Map<number, RefusedRow> {
  return new Map(refused.map((row) => [row.index, row]));
}

/**
 * A problem belongs to a column when the API names the column or its field; without a field, to the
 * whole row.
 */
function isAbout(
  problem: RefusedRow | undefined,
  column: string,
  mapping: Readonly<Record<string, string>>,
): boolean {
  if (!problem) return false;
  return problem.field === null || problem.field === column || mapping[column] === problem.field;
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

interface SheetCellProps {
  label: string;
  value: string;
  problem: string | undefined;
  editable: boolean;
  onChange: (value: string) => void;
}

/** A cell. A doubtful one is a field, so that it can be corrected in place. */
function SheetCell({ label, value, problem, editable, onChange }: SheetCellProps) {
  const [draft, setDraft] = useState(value);
  if (!problem || !editable) {
    return (
      <td title={problem ?? value} className={problem && styles.problem}>
        {value}
      </td>
    );
  }
  return (
    <td className={styles.problem} title={problem}>
      <input
        className={styles.fix}
        aria-label={`${label}: ${problem}`}
        aria-invalid
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => draft !== value && onChange(draft)}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
    </td>
  );
}

const MOST_LISTED = 5;

function ProblemList({ refused }: { refused: readonly RefusedRow[] }) {
  return (
    <ul className={styles.problems}>
      {refused.slice(0, MOST_LISTED).map((row, at) => (
        <li key={at}>
          Line {row.line}: {row.field ? `${fieldWords(row.field)} ` : ""}
          {row.message}
        </li>
      ))}
      {refused.length > MOST_LISTED && <li>and {refused.length - MOST_LISTED} more</li>}
    </ul>
  );
}
