import { describe, expect, it } from "vitest";
import {
  cellsOf,
  cutRecords,
  decodeText,
  fileLine,
  joinCells,
  joinRecords,
  kindOf,
  readSheet,
  recordAtLine,
  splitCells,
} from "./records";

const bytes = (...values: number[]) => new Uint8Array(values);
const LINKEDIN = [
  "Notes:",
  '"Some addresses are missing, because',
  'their members keep them."',
  "",
  "First Name,Last Name,URL,Email Address",
  "Mei,Tanaka,https://l/in/mei,mei@globex.example",
  'Bruno,"Okafor, CPA",https://l/in/bruno,',
  ",,,",
  'Zoë,"Mül',
  'ler",https://l/in/zoe,',
].join("\r\n");

describe("decodeText", () => {
  it("reads marked UTF-16", () => {
    expect(decodeText(bytes(0xff, 0xfe, 0x41, 0, 0xe9, 0))).toBe("Aé");
  });
  it("leaves every other code page to the API", () => {
    expect(decodeText(bytes(0x5a, 0x6f, 0xeb))).toBeUndefined();
    expect(decodeText(bytes(0x8e, 0x81, 0x96, 0xbc))).toBeUndefined();
    expect(decodeText(bytes(0x41, 0, 0x42, 0))).toBeUndefined();
  });
  it("drops the mark of UTF-8", () => {
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x41))).toBe("A");
  });
});

it.each([
  ["PK\u0003\u0004", "whole"],
  ["version: 1\n# people\ndn: cn=Mei\ncn: Mei\n", "whole"],
  ["Mei <mei@globex.example>, Bo <bo@x.example>", "whole"],
  ["\nbegin:vcard\n", "vcard"],
  [' [{"name":"Mei"}]', "json"],
  ["Name,Email", "csv"],
])("knows a file by its content: %j is %s", (text, kind) => {
  expect(kindOf(text)).toBe(kind);
});

describe("a CSV", () => {
  const sheet = readSheet("csv", LINKEDIN);

  it("finds the header below notes", () => {
    expect(sheet.columns).toEqual(["First Name", "Last Name", "URL", "Email Address"]);
  });
  it("keeps quoted line ends within their record and leaves empty rows out", () => {
    expect(sheet.records.map((record) => cellsOf(sheet, record)[1])).toEqual([
      "Tanaka",
      "Okafor, CPA",
      "Mül\r\nler",
    ]);
  });
  it("knows the line of the file that each record begins in", () => {
    expect(sheet.records.map(({ line }) => line)).toEqual([6, 7, 9]);
  });
  it("makes chunks that stand for themselves", () => {
    const chunk = readSheet("csv", joinRecords(sheet, sheet.records.slice(1)));
    expect(chunk.columns).toEqual(sheet.columns);
    expect(chunk.records).toHaveLength(2);
  });
  it("tells a chunk's lines as the file's", () => {
    const chunk = joinRecords(sheet, sheet.records.slice(1)).split("\n");
    const zoe = chunk.findIndex((line) => line.startsWith("Zoë")) + 1;
    expect(fileLine(sheet, 1, zoe)).toBe(9);
    expect(recordAtLine(sheet, fileLine(sheet, 1, zoe))).toBe(2);
  });
  it.each([";", "\t", "|"])("is cut at %j too", (delimiter) => {
    const text = `Name${delimiter}Email\nMei${delimiter}m@x.io`;
    expect(readSheet("csv", text).columns).toEqual(["Name", "Email"]);
  });
});

it("splits cells as they were joined", () => {
  const cells = ["a,b", 'say "x"', "", "plain"];
  expect(splitCells(joinCells(cells, ","), ",")).toEqual(cells);
});

it("cuts a hundred thousand records in well under a second", () => {
  const text = "a,b,c\n" + '"x, y",2,3\n'.repeat(100_000);
  const from = performance.now();
  expect(cutRecords(text)).toHaveLength(100_001);
  expect(performance.now() - from).toBeLessThan(1000);
});

describe("an address book", () => {
  const text =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mei Tanaka\r\nitem1.EMAIL;TYPE=WORK:mei@globex.example\r\nORG:Globex;\r\nEND:VCARD\r\n" +
    "\r\nBEGIN:VCARD\r\nFN:Cut off";
  const sheet = readSheet("vcard", text);
  it("is cut by cards, the last of them even when cut off", () => {
    expect(sheet.records.map(({ line }) => line)).toEqual([1, 8]);
  });
  it("shows what people look for", () => {
    const [card] = sheet.records;
    expect(card && cellsOf(sheet, card)).toEqual([
      "Mei Tanaka",
      "mei@globex.example",
      "",
      "Globex",
      "",
    ]);
  });
});

describe("a JSON file", () => {
  const sheet = readSheet(
    "json",
    '{"contacts":[{"name":"Mei","tags":["a","b"]},{"email":"m@x.io"}]}',
  );
  it("may wrap its list, and has the columns of all its items", () => {
    expect(sheet.columns).toEqual(["name", "tags", "email"]);
    expect(sheet.records.map((record) => cellsOf(sheet, record))).toEqual([
      ["Mei", "a; b", ""],
      ["", "", "m@x.io"],
    ]);
  });
  it("is joined as a list again", () => {
    expect(JSON.parse(joinRecords(sheet, sheet.records))).toHaveLength(2);
  });
});
