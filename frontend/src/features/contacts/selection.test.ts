import { expect, test } from "vitest";
import { failureWords, selectionWords } from "./selection";

test("contacts that were passed over are named with the reason", () => {
  const failed = ["a", "b", "c", "d"].map((id) => ({ id, detail: "this contact is you" }));
  expect(failureWords(failed, 40, 310, (id) => id.toUpperCase())).toBe(
    "40 of 310 failed: A, B, C, 37 more. This contact is you",
  );
  expect(failureWords([], 0, 310, String)).toBe("");
});

test("all that fit a filter count as many as fit", () => {
  expect(selectionWords({ filter: {}, count: 1972 })).toBe("1,972 contacts");
  expect(selectionWords({ ids: ["a"] })).toBe("1 contact");
});
