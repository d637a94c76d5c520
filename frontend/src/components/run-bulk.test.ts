import { expect, it } from "vitest";
import { ApiError } from "@/lib/api-error";
import { remainder } from "./run-bulk";

const taken = new ApiError(409, "conflict", "the books are closed.");
const outcomes = (done: number, ...failed: string[]) => ({
  done: Array.from({ length: done }, () => ({ item: "somebody", result: null })),
  failed: failed.map((item) => ({ item, error: taken })),
});
const same = (item: string) => item;

it("says which failed and why, in the API's words", () => {
  expect(remainder(outcomes(3, "Ana"), same)).toBe(
    "1 of 4 failed: Ana. The books are closed (409)",
  );
  expect(remainder(outcomes(300, "Ana", "Bo", "Cy", "Di", "Ed"), same)).toBe(
    "5 of 305 failed: Ana, Bo, Cy, 2 more. The books are closed (409)",
  );
});

it("has nothing to say when all is done", () => {
  expect(remainder(outcomes(3), same)).toBe("");
});
