// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { addresses } from "./addresses";
import { secondsOf } from "./dates";
import { messageLine } from "./facts";
import { folderKind, labelKinds } from "./machines";
import { MboxReader } from "./mbox";
import { readMessage } from "./message";
import { bytesOf, headerText, rawOf, spaced } from "./text";

/** The same table is run by tests/unit/formats/test_mail.py. */
const cases = JSON.parse(
  readFileSync(new URL("../../../../../tests/fixtures/mail_cases.json", import.meta.url), "utf8"),
) as {
  now: number;
  addresses: { name: string; field: string; expected: string[][] }[];
  dates: { text: string; expected: number | null }[];
  messages: {
    name: string;
    head: string;
    from_line: string;
    is_sent: boolean;
    line: string | null;
    left_out: string;
    mine: string[][];
  }[];
  mailboxes: { name: string; content: string; expected: [string, string][] }[];
  labels: Record<string, string>;
};

/** In the table, each character is a byte. */
const raw = (bytes: string) => rawOf(Uint8Array.from(bytes, (each) => each.charCodeAt(0)));
const table = (text: string) => String.fromCharCode(...bytesOf(text));

it.each(cases.addresses)("reads addresses as they were meant: $name", ({ field, expected }) => {
  expect(addresses(spaced(headerText(raw(field))))).toEqual(expected);
});

it.each(cases.dates)("reads dates as they were meant: $text", ({ text, expected }) => {
  expect(secondsOf(spaced(headerText(raw(text))))).toBe(expected);
});

it.each(cases.messages)("reads a header block as one line or a reason: $name", (each) => {
  const read = readMessage(raw(each.head), {
    now: cases.now,
    fromLine: raw(each.from_line),
    isSent: each.is_sent,
  });
  expect(read.message ? messageLine(read.message) : null).toBe(each.line);
  expect(read.leftOut).toBe(each.left_out);
  expect(read.mine).toEqual(each.mine);
});

it.each(cases.mailboxes)("cuts a mailbox at its messages: $name", ({ content, expected }) => {
  for (const size of [1, 7, 64, 1024 * 1024]) {
    const found: [string, string][] = [];
    const reader = new MboxReader((line, block) => found.push([table(line), table(block)]));
    const text = raw(content);
    for (let at = 0; at < text.length; at += size) reader.feed(text.slice(at, at + size));
    reader.end();
    expect(found).toEqual(expected);
  }
});

it("knows the labels and folders of all languages that the server's reader knows", () => {
  for (const [label, kind] of Object.entries(cases.labels)) {
    const field = rawOf(new TextEncoder().encode(label));
    expect([label, [...labelKinds(field)]]).toEqual([label, [kind]]);
    expect([label, folderKind(label)]).toEqual([label, kind]);
  }
});

it("turns any bytes into a raw string and back", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  expect(bytesOf(rawOf(bytes))).toEqual(bytes);
});
