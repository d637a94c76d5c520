import { reason } from "@/lib/api-error";
import { eachWithLimit, type Outcomes } from "@/lib/each-with-limit";
import { formatCount, plural } from "@/lib/format";
import { useToasts } from "./toast-store";

/** Fewer calls end before a user could read their progress. */
const MANY = 20;
const MOST_NAMED = 3;

/**
 * Run a call for each item and show the progress; `doing` names the action ("Tagging").
 *
 * While it runs, the browser asks before the page closes: the remaining calls would not be made.
 */
export async function runBulk<Item, Result>(
  doing: string,
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Outcomes<Item, Result>> {
  const { show, update, dismiss } = useToasts.getState();
  let toast = null as number | null;
  const report = (ended: number, waitS: number | null) => {
    if (toast === null && waitS === null && items.length <= MANY) return;
    const far = `${doing}: ${formatCount(ended)} of ${formatCount(items.length)} done`;
    const text =
      waitS === null ? far : `${far}. The server is busy; waiting ${plural(waitS, "second")}`;
    if (toast === null) toast = show({ tone: "progress", text, stays: true });
    else update(toast, text);
  };
  addEventListener("beforeunload", askFirst);
  try {
    return await eachWithLimit(items, run, ({ ended, waitS }) => report(ended, waitS));
  } finally {
    removeEventListener("beforeunload", askFirst);
    if (toast !== null) dismiss(toast);
  }
}

function askFirst(event: BeforeUnloadEvent) {
  event.preventDefault();
}

/**
 * Say which failed and why: "2 of 310 failed: Ana, Bo. E-mail: is taken (409)"; empty when none
 * did.
 */
export function remainder<Item>(
  { done, failed }: Outcomes<Item, unknown>,
  nameOf: (item: Item) => string,
): string {
  const [first] = failed;
  if (!first) return "";
  const all = formatCount(done.length + failed.length);
  const names = failed.slice(0, MOST_NAMED).map(({ item }) => nameOf(item));
  if (failed.length > MOST_NAMED) names.push(`${formatCount(failed.length - MOST_NAMED)} more`);
  const reasons = new Set(failed.map(({ error }) => reason(error)));

  const why = [...reasons].slice(0, 2).join("; ");
  return `${formatCount(failed.length)} of ${all} failed: ${names.join(", ")}. ${why}`;
}
