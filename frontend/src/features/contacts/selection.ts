import { formatCount, plural } from "@/lib/format";
import type { BulkChange } from "@/types/api";

export type BulkFilter = NonNullable<BulkChange["filter"]>;

/** The contacts that an action is for: named one by one, or all that fit a filter. */
export type Selection =
  { ids: readonly string[] } | { filter: BulkFilter; /** How many fit now. */ count: number };

/** Return the number of selected contacts. */
export function sizeOf(selection: Selection): number {
  return "ids" in selection ? selection.ids.length : selection.count;
}

/** Return the selected contacts in words: "1 contact", "2 contacts". */
export function selectionWords(selection: Selection): string {
  return plural(sizeOf(selection), "contact");
}

/** Return why contacts were passed over: "2 of 310 failed: Ana, Bo. It is you"; empty for none. */
export function failureWords(
  failed: readonly { id: string; detail: string }[],
  failedTotal: number,
  total: number,
  nameOf: (id: string) => string,
): string {
  if (failedTotal === 0) return "";
  const names = failed.slice(0, MOST_NAMED).map(({ id }) => nameOf(id));
  if (failedTotal > names.length) names.push(`${formatCount(failedTotal - names.length)} more`);
  const reasons = [...new Set(failed.map(({ detail }) => detail))].slice(0, 2).join("; ");
  return `${formatCount(failedTotal)} of ${formatCount(total)} failed: ${names.join(", ")}. ${sentence(reasons)}`;
}

const MOST_NAMED = 3;

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
