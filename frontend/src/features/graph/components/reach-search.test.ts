import { expect, it } from "vitest";
import { choicesOf } from "./reach-search";

const hit = (id: string, name: string, company: string, is_self = false) => ({
  id,
  name,
  email: null,
  company,
  title: "CTO",
  is_self,
});

it("offers a company in front when several of the people found are there and it is meant", () => {
  const choices = choicesOf([hit("1", "Mei", "Globex"), hit("2", "Ana", "Globex")], "glob");
  expect(choices[0]).toMatchObject({ kind: "company", name: "Globex", people: 2 });
});

it("offers no company that only happens to be people's", () => {
  const choices = choicesOf([hit("1", "Mei", "Globex"), hit("2", "Mei", "Globex")], "mei");
  expect(choices.every(({ kind }) => kind === "person")).toBe(true);
});

it("does not offer the user to themselves", () => {
  expect(choicesOf([hit("me", "Dana", "", true)], "dana")).toEqual([]);
});
