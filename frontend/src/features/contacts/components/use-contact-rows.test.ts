import { expect, it } from "vitest";
import { lastAtOrBefore } from "./use-contact-rows";

it("finds the page that holds a row, also when pages have lost some", () => {
  const starts = [0, 200, 397, 590];
  expect([0, 199, 200, 396, 397, 589, 590, 5000].map((row) => lastAtOrBefore(starts, row))).toEqual(
    [0, 0, 1, 1, 2, 2, 3, 3],
  );
});
