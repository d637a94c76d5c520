import { expect, test } from "vitest";
import { operationCounts, operationTitle, shownValue, undoSummary } from "./words";

const NONE = { created: 0, updated: 0, deleted: 0, merged: 0, ties: 0, interactions: 0, others: 0 };
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

test("an operation is named by its kind and its file, and a new kind by its name", () => {
  const details = { filename: "people.csv" };
  expect(operationTitle({ kind: "import_contacts", details })).toBe(
    "Imported contacts from people.csv",
  );
  expect(operationTitle({ kind: "find_duplicates", details: {} })).toBe("Find duplicates");
});

test("only what an operation changed is counted", () => {
  expect(operationCounts({ ...NONE, created: 20000, ties: 1 })).toBe("20,000 added, 1 tie");
  expect(operationCounts(NONE)).toBe("");
});

test("an undo says what came back and what stays", () => {
  expect(undoSummary({ ...OUTCOME, removed: 2, kept_total: 1 })).toBe(
    "2 contacts removed; 1 contact changed since stays",
  );
  expect(undoSummary(OUTCOME)).toBe("Nothing to set back");
});

test("a value is one line, cut where it is long", () => {
  expect(shownValue(null)).toBe("nothing");
  expect(shownValue(["a", "b"])).toBe("a, b");
  expect(shownValue({ shoe: 44 })).toBe("shoe: 44");
  expect(shownValue("x".repeat(100))).toHaveLength(81);
});
