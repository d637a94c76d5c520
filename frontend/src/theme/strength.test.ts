import { describe, expect, it } from "vitest";
import { strengthColor, strengthVariable, strengthWord } from "./strength";

describe("strength", () => {
  it("begins and ends at the ends of the ramp, and stays there outside", () => {
    expect(strengthColor(0, "light")).toBe("#a3b1c6");
    expect(strengthColor(1, "light")).toBe("#e2520c");
    expect(strengthColor(7, "light")).toBe(strengthColor(1, "light"));
  });
  it("gets redder with strength, never cooler", () => {
    const reds = [0, 0.25, 0.5, 0.75, 1].map((s) => {
      const color = strengthColor(s, "dark");
      return parseInt(color.slice(1, 3), 16) - parseInt(color.slice(5, 7), 16);
    });
    expect(reds).toEqual([...reds].sort((a, b) => a - b));
  });
  it("says the same in words", () => {
    expect([0.05, 0.2, 0.4, 0.6, 0.8].map(strengthWord)).toEqual([
      "faint",
      "cool",
      "mild",
      "warm",
      "very warm",
    ]);
  });
  it("names the variable of the nearest tenth", () => {
    expect(strengthVariable(0.84)).toBe("var(--strength-8)");
  });
});
