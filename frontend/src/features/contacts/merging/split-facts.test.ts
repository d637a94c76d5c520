import { expect, test } from "vitest";
import type { Contact, Relationship } from "@/types/api";
import { isEnough, splitGroups, splitRequest } from "./split-facts";

const TWO = {
  id: "two",
  name: "Ana Lima",
  email: "ana@a.example",
  emails: ["ana@a.example", "zoe@b.example"],
  phones: [],
  company: "Acme",
  title: null,
  location: null,
  linkedin_url: null,
  birthday: null,
  notes: null,
  tags: ["vip"],
  custom: { Dog: "Rex" },
} as unknown as Contact;
const OTHER = { id: "rui", name: "Rui Costa", is_self: false };
const tie = (from: string, to: string) =>
  ({ from_contact_id: from, to_contact_id: to, contact: OTHER }) as unknown as Relationship;
const note = (id: string) => ({ id, text: "Met in Porto" }) as never;
const talk = { at: "2026-01-05T03:04:05Z", kind: "call", direction: "in", note: null } as never;

test("facts are listed by parts, a tie of two directions once, and the field notes not as a note", () => {
  const groups = splitGroups(TWO, {
    ties: [tie("two", "rui"), tie("rui", "two")],
    notes: [note("two"), note("n1")],
    interactions: [talk],
  });
  expect(groups.map(({ title, facts }) => [title, facts.length])).toEqual([
    ["E-mails", 2],
    ["Fields", 2],
    ["Tags", 1],
    ["Ties", 1],
    ["Notes", 1],
    ["Interactions", 1],
  ]);
});

test("the request names the chosen facts as the API has them", () => {
  const groups = splitGroups(TWO, { ties: [tie("rui", "two")], notes: [], interactions: [talk] });
  const chosen = groups
    .flatMap(({ facts }) => facts)
    .filter(({ label }) => label !== "ana@a.example" && label !== "vip");
  expect(splitRequest(" Zoe ", groups, new Set(chosen.map(({ key }) => key)))).toEqual({
    name: "Zoe",
    emails: ["zoe@b.example"],
    fields: ["company"],
    custom: ["Dog"],
    ties: ["rui"],
    interactions: [{ at: "2026-01-05T03:04:05Z", kind: "call", direction: "in" }],
  });
});

test("a new contact needs something to be called by, and a fact", () => {
  expect(isEnough({ name: "Zoe" })).toBe(false);
  expect(isEnough({ name: "", tags: ["vip"] })).toBe(false);
  expect(isEnough({ name: "Zoe", tags: ["vip"] })).toBe(true);
  expect(isEnough({ name: "", emails: ["zoe@b.example"] })).toBe(true);
  expect(isEnough({ name: "", fields: ["linkedin_url"] })).toBe(true);
});
