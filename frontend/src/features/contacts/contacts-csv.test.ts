import { expect, it } from "vitest";
import type { Contact } from "@/types/api";
import { contactsCsv, csv } from "./contacts-csv";

/** Read one row of CSV (RFC 4180). */
function splitCells(row: string): string[] {
  const cells = `${row},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/gs);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

it("writes cells that are read back whole", () => {
  const row = ["Acme, Inc.", 'He said "hi"', "two\nlines", " padded ", ""];
  expect(splitCells(csv([row]).replace(/\r\n$/, ""))).toEqual([
    "Acme, Inc.",
    'He said "hi"',
    "two\nlines",
    " padded ",
    "",
  ]);
});

const BLANK = {
  ...{ name: "", email: null, emails: [], phones: [], company: null, title: null, location: null },
  ...{ linkedin_url: null, birthday: null, notes: null, tags: [], custom: {} },
};

function cells(fields: Partial<Contact>): string[] {
  const contact = { ...BLANK, ...fields } as unknown as Contact;
  return splitCells(contactsCsv([contact]).split("\r\n")[1] ?? "");
}

it.each(["=1+1", "+A1", "-2%", "+1!A1", "@SUM(A1)", "＝1", "'=1", "''"])(
  "writes %s so that no spreadsheet runs it and the import gives it back",
  (text) => {
    expect(cells({ name: text })[0]).toBe(`'${text}`);
    expect(cells({ phones: [text, "2"] })[3]).toBe(`'${text}; 2`);
  },
);

it.each(["+49 30 1", "-2", "--04-12", "+1 (555) 300-4001 ext. 12; +49 30/1"])(
  "leaves %s as it is, which runs nothing and other programs read",
  (text) => {
    expect(cells({ name: text })[0]).toBe(text);
  },
);

it("writes lists and custom fields as the API's export does", () => {
  const written = cells({ name: "'t Hooft", tags: ["a;b", " c", "d\\e"], custom: { k: "=v" } });
  expect([written[0], written[10], written[11]]).toEqual([
    "'t Hooft",
    "a\\;b; \\ c; d\\\\e",
    '{"k":"=v"}',
  ]);
});
