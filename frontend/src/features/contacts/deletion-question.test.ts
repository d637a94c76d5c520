import { expect, it } from "vitest";
import { deletionQuestion } from "./deletion-question";

const nothing = { ties: 0, hasHistory: false };

it("asks nothing where all can be added again", () => {
  expect(deletionQuestion("10 contacts", 10, [nothing, nothing])).toBeNull();
});

it("names what cannot come back", () => {
  const asked = deletionQuestion("Mei Tanaka", 1, [{ ties: 3, hasHistory: true }]);
  expect(asked?.title).toBe("Delete Mei Tanaka?");
  expect(asked?.text).toContain("3 ties and the known e-mails and meetings are deleted too.");
  expect(deletionQuestion("Mei", 1, [{ ties: 1, hasHistory: false }])?.text).toMatch(
    /^1 tie is deleted too/,
  );
});

it("names the count of those that are too many to look at", () => {
  expect(deletionQuestion("310 contacts", 310, null)?.title).toBe("Delete 310 contacts?");
});
