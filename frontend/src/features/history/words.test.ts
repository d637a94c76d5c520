import { expect, test } from "vitest";
import { operationCounts, operationTitle, shownValue } from "./words";

const NONE = { created: 0, updated: 0, deleted: 0, merged: 0, ties: 0, interactions: 0, others: 0 };
test("an operation is named by its kind and its file, and a new kind by its name", () => {
  const details = { filename: "people.csv" };
  expect(operationTitle({ kind: "import_contacts", details })).toBe(
    "Imported contacts from people.csv",
  );
  expect(operationTitle({ kind: "find_duplicates", details: {} })).toBe("Find duplicates");
});

test("a change of many contacts is named by its action and its tags", () => {
  const details = { action: "tag", tags: ["vip", "old"] };
  expect(operationTitle({ kind: "change_contacts", details })).toBe("Tagged contacts “vip”, “old”");
  expect(operationTitle({ kind: "change_contacts", details: { action: "delete" } })).toBe(
    "Deleted contacts",
  );
});

test("only what an operation changed is counted", () => {
  expect(operationCounts({ ...NONE, created: 20000, ties: 1 })).toBe("20,000 added, 1 tie");
  expect(operationCounts(NONE)).toBe("");
});

test("a value is one line, cut where it is long", () => {
  expect(shownValue(null)).toBe("nothing");
  expect(shownValue(["a", "b"])).toBe("a, b");
  expect(shownValue({ shoe: 44 })).toBe("shoe: 44");
  expect(shownValue("x".repeat(100))).toHaveLength(81);
});
