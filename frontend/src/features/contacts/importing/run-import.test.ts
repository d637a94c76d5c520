import { expect, it } from "vitest";
import { addToTally, emptyTally, pace } from "./run-import";

const ANSWER = {
  import_id: "1",
  format: "csv",
  mapping: { Name: "name" },
  received: 10,
  created: 7,
  updated: 1,
  unchanged: 1,
  failed: 1,
  errors: [],
};

it("adds chunks up", () => {
  const once = addToTally(emptyTally(15), ANSWER, [], 10);
  const twice = addToTally(once, ANSWER, [], 10);
  expect(twice).toMatchObject({ done: 15, created: 14, updated: 2, unchanged: 2, failed: 2 });
});

it("tells the rate and what is left at it", () => {
  const tally = { ...emptyTally(10_000, 0), done: 2500 };
  expect(pace(tally, 5000)).toEqual({ rate: 500, leftS: 15 });
});

it("promises nothing before the first chunk", () => {
  expect(pace(emptyTally(10, 0), 1000).leftS).toBe(Infinity);
});
