import { expect, it } from "vitest";
import { eachWithLimit } from "./each-with-limit";

it("runs a few at a time, goes on after a failure, and counts everything", async () => {
  let running = 0;
  let most = 0;
  const progress: number[] = [];
  const { results, errors } = await eachWithLimit(
    Array.from({ length: 20 }, (_, at) => at),
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (item === 3) throw new Error("no");
      return item;
    },
    (done) => progress.push(done),
  );
  expect(results).toHaveLength(19);
  expect(errors).toHaveLength(1);
  expect(most).toBeLessThanOrEqual(6);
  expect(progress.at(-1)).toBe(20);
});
