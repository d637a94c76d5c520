import { describe, expect, it } from "vitest";
import { displayName, duration, percent, plural, timeAgo } from "./format";

describe("timeAgo", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  it.each([
    ["2026-11-20T11:59:40Z", "now"],
    ["2026-11-20T09:00:00Z", "3h ago"],
    ["2026-11-17T12:00:00Z", "3d ago"],
    ["2025-11-19T12:00:00Z", "1y ago"],
  ])("tells %s as %s", (at, words) => expect(timeAgo(at, now)).toBe(words));
});

describe("percent", () => {
  it("never shows something as nothing", () => expect(percent(0.001)).toBe("1 %"));
  it("shows nothing as nothing", () => expect(percent(0)).toBe("0 %"));
});

describe("displayName", () => {
  it("prefers the name, then the e-mail, then the profile", () => {
    expect(displayName({ name: " Mei ", email: "m@x.io" })).toBe("Mei");
    expect(displayName({ name: "", email: "m@x.io" })).toBe("m@x.io");
    expect(displayName({ linkedin_url: "https://www.linkedin.com/in/mei-tanaka/" })).toBe(
      "mei-tanaka",
    );
    expect(displayName({})).toBe("No name");
  });
});

it("counts in words", () => {
  expect(plural(1, "person", "people")).toBe("1 person");
  expect(plural(41_207, "person", "people")).toBe("41,207 people");
});

it("tells durations by their largest unit", () => {
  expect(duration(0.2)).toBe("1 s");
  expect(duration(150)).toBe("3 min");
});
