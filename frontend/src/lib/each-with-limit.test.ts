import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "./api-error";
import { eachWithLimit, type Progress } from "./each-with-limit";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const twenty = Array.from({ length: 20 }, (_, at) => at);
const refused = (status: number, retryAfterS: number | null = null) =>
  new ApiError(status, "code", "no", [], retryAfterS);

it("runs a few at a time, goes on after a failure, and counts everything", async () => {
  let running = 0;
  let most = 0;
  const progress: Progress[] = [];
  const all = eachWithLimit(
    twenty,
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (item === 3) throw new Error("no");
      return item;
    },
    (now) => progress.push(now),
  );
  await vi.runAllTimersAsync();
  const { done, failed } = await all;
  expect(done).toHaveLength(19);
  expect(failed).toEqual([{ item: 3, error: new Error("no") }]);
  expect(most).toBeLessThanOrEqual(6);
  expect(progress.at(-1)).toEqual({ ended: 20, waitS: null });
});

it.each([
  [429, 7],
  [503, 7],
])(
  "waits as long as a %i asks for, all of them, and makes the call again",
  async (status, waitS) => {
    const started = Date.now();
    const calls: number[] = [];
    const waits: (number | null)[] = [];
    const all = eachWithLimit(
      twenty,
      (item) => {
        calls.push(Date.now() - started);
        return calls.length <= 6 ? Promise.reject(refused(status, waitS)) : Promise.resolve(item);
      },
      (now) => waits.push(now.waitS),
    );
    await vi.runAllTimersAsync();
    const { done, failed } = await all;
    expect(failed).toEqual([]);
    expect(done.map(({ item }) => item).sort((a, b) => a - b)).toEqual(twenty);
    expect(calls.slice(6).every((at) => at >= waitS * 1000)).toBe(true);
    expect(waits).toContain(waitS);
  },
);

it("gives up on a server that never ends asking to wait", async () => {
  const all = eachWithLimit([1], () => Promise.reject(refused(429, 1)));
  await vi.runAllTimersAsync();
  expect((await all).failed).toHaveLength(1);
});

it("does not wait for hours", async () => {
  const run = vi.fn(() => Promise.reject(refused(429, 40_000)));
  expect((await eachWithLimit([1], run)).failed).toHaveLength(1);
  expect(run).toHaveBeenCalledOnce();
});

it("makes no call again whose change may have been made", async () => {
  const run = vi.fn(() => Promise.reject(refused(503)));
  expect((await eachWithLimit([1], run)).failed).toHaveLength(1);
  expect(run).toHaveBeenCalledOnce();
});

it("stops where a refusal would meet all others too, and counts them as not done", async () => {
  const run = vi.fn(() => Promise.reject(refused(402)));
  const { failed } = await eachWithLimit(twenty, run);
  expect(failed).toHaveLength(20);
  expect(run.mock.calls.length).toBeLessThanOrEqual(6);
});
