import { expect, it } from "vitest";
import { splitCells } from "./importing/records";
import { csv } from "./contacts-csv";

it("writes cells that are read back whole", () => {
  const row = ["Acme, Inc.", 'He said "hi"', "two\nlines", " padded ", ""];
  expect(splitCells(csv([row]).replace(/\r\n$/, ""), ",")).toEqual([
    "Acme, Inc.",
    'He said "hi"',
    "two\nlines",
    "padded",
    "",
  ]);
});
