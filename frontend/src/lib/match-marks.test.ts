import { describe, expect, it } from "vitest";
import { matchMarks } from "./match-marks";

const marked = (text: string, query: string) =>
  matchMarks(text, query)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join("");

describe("matchMarks", () => {
  it("marks the beginning of every word that a term begins", () => {
    expect(marked("Mei Tanaka", "ta me")).toBe("[Me]i [Ta]naka");
  });
  it("ignores case and accents, and keeps them in the text", () => {
    expect(marked("Zoë Øberg", "ZOE ober")).toBe("[Zoë] [Øber]g");
  });
  it("does not mark the middle of a word", () => {
    expect(marked("Montana", "tan")).toBe("Montana");
  });
  it("forgives one typo in longer terms only", () => {
    expect(marked("Tanaka", "tanka")).toBe("[Tanaka]");
    expect(marked("Tanaka", "tnaaka")).toBe("[Tanaka]");
    expect(marked("Ana", "anx")).toBe("Ana");
  });
  it("marks the longer of two terms that begin the same word", () => {
    expect(marked("Kestrel", "ke kest")).toBe("[Kest]rel");
  });
  it("keeps positions right after characters that are two units long", () => {
    expect(marked("😀 Mei", "mei")).toBe("😀 [Mei]");
  });
  it("returns the text as it is for an empty query", () => {
    expect(matchMarks("Mei", " ")).toEqual([{ text: "Mei", marked: false }]);
  });
});
