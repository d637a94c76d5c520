import { expect, test } from "vitest";
import { undoSummary } from "./undo-operation";

const OUTCOME = {
  operation_id: "o",
  restored: 0,
  reverted: 0,
  removed: 0,
  ties: 0,
  interactions: 0,
  others: 0,
  address_taken: 0,
  kept_total: 0,
  kept: [],
  dry_run: false,
};

test("an undo says what came back and what stays", () => {
  expect(undoSummary({ ...OUTCOME, removed: 2, kept_total: 1 })).toBe(
    "2 contacts removed; 1 contact changed since stays",
  );
  expect(undoSummary(OUTCOME)).toBe("Nothing to set back");
});
