import { expect, test } from "vitest";
import { useWaiting } from "./waiting-store";

test("of one field the latest value waits, over the value that was seen first", () => {
  const { add, take } = useWaiting.getState();
  const what = "Title of Mei";
  add({ id: "mei", patch: { title: "CTO" }, base: { title: "Engineer" }, what });
  add({ id: "mei", patch: { company: "Acme" }, base: { company: null }, what: "Company of Mei" });
  add({ id: "mei", patch: { title: "Chair" }, base: { title: "CTO" }, what });
  expect(take().map(({ patch, base }) => [patch, base])).toEqual([
    [{ company: "Acme" }, { company: null }],
    [{ title: "Chair" }, { title: "Engineer" }],
  ]);
  expect(take()).toEqual([]);
});
