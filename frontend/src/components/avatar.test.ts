import { describe, expect, it } from "vitest";
import { hueOf, initialsOf } from "./avatar";

describe("initialsOf", () => {
  it.each([
    ["Mei Tanaka", "MT"],
    ["Ludwig van Beethoven", "LB"],
    ["mei.tanaka@globex.example", "MT"],
    ["Øyvind", "Ø"],
    ["42", "4"],
  ])("of %s are %s", (name, initials) => expect(initialsOf(name)).toBe(initials));
});

it("gives a name the same hue every time", () => {
  expect(hueOf("Mei Tanaka")).toBe(hueOf("Mei Tanaka"));
  expect(hueOf("Mei Tanaka")).not.toBe(hueOf("Bruno Okafor"));
});
