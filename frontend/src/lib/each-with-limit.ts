/** Requests at once: enough to hide the way to the server, few enough to leave room for reading. */
const AT_ONCE = 6;

/** What became of several calls. */
export interface Outcomes<Result> {
  results: Result[];
  /** The first few errors tell enough; each is of one item that was not done. */
  errors: unknown[];
}

/**
 * Runs a call for each item, a few at a time; one that fails does not stop the rest.
 *
 * `onProgress` hears how many are done.
 */
export async function eachWithLimit<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  onProgress?: (done: number) => void,
): Promise<Outcomes<Result>> {
  const outcomes: Outcomes<Result> = { results: [], errors: [] };
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < items.length) {
      const item = items[next] as Item;
      next += 1;
      try {
        outcomes.results.push(await run(item));
      } catch (error) {
        outcomes.errors.push(error);
      }
      done += 1;
      onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}
