import { describe, expect, it } from "vitest";
import { qrCode, qrPath } from "./qr-code";

/** The rows of a code as text, as a reader of QR codes takes it. */
function rows(text: string): string[] {
  return (qrCode(text) ?? []).map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
}

describe("qrCode", () => {
  it("has the size of the smallest version that holds the text", () => {
    expect(rows("a").length).toBe(21);
    expect(rows("https://crm.example.com/api/crm/devices/connect/" + "a".repeat(43)).length).toBe(
      37,
    );
    expect(rows("a".repeat(200)).length).toBe(53);
  });

  it("answers null for a text that no version holds", () => {
    expect(qrCode("a".repeat(300))).toBeNull();
  });

  it("draws what other programs draw", () => {
    expect(rows("warmpath")).toEqual(WARMPATH);
  });

  it("makes a path of the dark modules", () => {
    expect(qrPath([[true, false]])).toBe("M0 0h1v1h-1z");
  });
});

/** Version 1, level L, mask 0, as the package qrcode of Python draws it. */
const WARMPATH = [
  "111111100010101111111",
  "100000100000101000001",
  "101110101010001011101",
  "101110100000101011101",
  "101110100101101011101",
  "100000100111001000001",
  "111111101010101111111",
  "000000001010000000000",
  "111011111010111000100",
  "001010011111011111011",
  "001100110011001111111",
  "111110010101110100001",
  "111111100001001111011",
  "000000001110001011001",
  "111111101000100110011",
  "100000101000001000010",
  "101110101110101010000",
  "101110100101010110110",
  "101110101111011111101",
  "100000101001110100010",
  "111111101001011011011",
];
