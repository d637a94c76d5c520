import { expect, test } from "vitest";
import type { Contact } from "@/types/api";
import { comparedFields, keptBy, mergeRequest } from "./compared-fields";
import { reasonWords } from "./reasons";

const BLANK = {
  name: "Mei Tanaka",
  email: null,
  emails: [],
  phones: [],
  company: null,
  title: null,
  location: null,
  linkedin_url: null,
  birthday: null,
  notes: null,
  tags: [],
  custom: {},
  is_self: false,
} as unknown as Contact;
const OLD: Contact = { ...BLANK, id: "old", company: "Globex", tags: ["vip"] };
const NEW: Contact = { ...BLANK, id: "new", company: "Acme", title: "CTO", custom: { Shoe: "44" } };

test("a value is chosen only where the two contacts have different ones", () => {
  const fields = comparedFields([OLD, NEW]);
  expect(fields.map(({ key, choice }) => [key, choice])).toEqual([
    ["name", null],
    ["company", "company"],
    ["title", null],
    ["tags", null],
    ["custom Shoe", null],
  ]);
  expect(fields[1]?.values).toEqual(["Globex", "Acme"]);
});

test("the kept value is that of the outcome", () => {
  expect(keptBy("company", [OLD, NEW], { ...OLD, company: "Acme" })).toBe("new");
  expect(keptBy("company", [OLD, NEW], undefined)).toBeUndefined();
});

test("the older contact is left, and the user before every other", () => {
  expect(mergeRequest([OLD, NEW], {}).ids).toEqual(["old", "new"]);
  expect(mergeRequest([OLD, { ...NEW, is_self: true }], { company: "new" })).toEqual({
    ids: ["new", "old"],
    fields: { company: "new" },
  });
});

test("a reason names the shared value, and a new one its code", () => {
  expect(reasonWords({ code: "same_email", points: 45, value: "mei@x.example" })).toBe(
    "Same e-mail: mei@x.example",
  );
  expect(reasonWords({ code: "same_phone", points: 18, value: null })).toBe("Same phone");
  expect(reasonWords({ code: "same_shoes", points: 1, value: null })).toBe("Same shoes");
});
