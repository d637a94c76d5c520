import { ApiError } from "@/lib/api-error";

/** Requests at once: enough to hide the latency, few enough to leave room for reads. */
const AT_ONCE = 6;
/** How often one call is put off in a row before it counts as failed. */
const MOST_WAITS = 20;
/** The longest wait in seconds; a server that asks for hours (a daily budget) refuses the call. */
const LONGEST_WAIT_S = 300;
/** Seconds to wait where the server does not say how long. */
const DEFAULT_WAIT_S = 2;
const TOO_FAST = 429;
const TOO_BUSY = 503;
/** Statuses that refuse every call once they refuse one: signed out, out of credits. */
const HOPELESS = new Set([401, 402]);

/** The results of several calls: every item is in one of the two lists. */
export interface Outcomes<Item, Result> {
  done: { item: Item; result: Result }[];
  failed: { item: Item; error: unknown }[];
}

export interface Progress {
  /** How many calls have ended, well or not. */
  ended: number;
  /** Seconds that the server asks to wait before the next call; null while it does not. */
  waitS: number | null;
}

/**
 * Run a call for each item, a few at a time; one that fails does not stop the rest.
 *
 * Where the server asks to wait (429, or 503 with `Retry-After`), all wait and the call is made
 * again.
 * After a refusal that every other call would meet too, no further call is made.
 */
export async function eachWithLimit<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  onProgress?: (progress: Progress) => void,
): Promise<Outcomes<Item, Result>> {
  const outcomes: Outcomes<Item, Result> = { done: [], failed: [] };
  let next = 0;
  let ended = 0;
  let freeAt = 0;
  let hopeless: unknown = null;

  const waitForTurn = async () => {
    for (let ms = freeAt - Date.now(); ms > 0; ms = freeAt - Date.now()) {
      onProgress?.({ ended, waitS: Math.ceil(ms / 1000) });
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 1000)));
    }
  };
  const attempt = async (item: Item): Promise<Result> => {
    for (let waits = 0; ; waits += 1) {
      await waitForTurn();
      if (hopeless !== null) throw hopeless as Error;
      try {
        return await run(item);
      } catch (error) {
        const waitS = waits < MOST_WAITS ? askedToWait(error) : null;
        if (waitS === null) throw error;
        freeAt = Math.max(freeAt, Date.now() + waitS * 1000);
      }
    }
  };
  const worker = async () => {
    while (next < items.length) {
      const item = items[next] as Item;
      next += 1;
      try {
        outcomes.done.push({ item, result: await attempt(item) });
      } catch (error) {
        if (error instanceof ApiError && HOPELESS.has(error.status)) hopeless = error;
        outcomes.failed.push({ item, error });
      }
      ended += 1;
      onProgress?.({ ended, waitS: null });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return outcomes;
}

/** Return the seconds to wait before asking again, or null when asking again would not help. */
function askedToWait(error: unknown): number | null {
  if (!(error instanceof ApiError) || (error.retryAfterS ?? 0) > LONGEST_WAIT_S) return null;
  if (error.status === TOO_FAST) return error.retryAfterS ?? DEFAULT_WAIT_S;
  // Without a `Retry-After` the answer may come from a proxy after the change was made.
  return error.status === TOO_BUSY ? error.retryAfterS : null;
}
