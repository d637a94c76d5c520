// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CalendarReader } from "./calendar";
import { meetingLine } from "./facts";
import { rawOf } from "./text";

/** The same table is run by tests/unit/formats/test_calendar.py. */
const cases = JSON.parse(
  readFileSync(
    new URL("../../../../../tests/fixtures/calendar_cases.json", import.meta.url),
    "utf8",
  ),
) as {
  now: number;
  calendars: {
    name: string;
    content: string;
    lines: string[];
    left_out: Record<string, number>;
    mine: Record<string, number>;
    named: string[];
  }[];
};

it.each(cases.calendars)("reads a calendar as one line for each meeting: $name", (each) => {
  const raw = rawOf(new TextEncoder().encode(each.content));
  for (const size of [7, 1024 * 1024]) {
    const lines: string[] = [];
    const reader = new CalendarReader(cases.now, (meeting) => lines.push(meetingLine(meeting)));
    for (let at = 0; at < raw.length; at += size) reader.feed(raw.slice(at, at + size));
    reader.end();
    expect(lines).toEqual(each.lines);
    expect(Object.fromEntries(reader.leftOut)).toEqual(each.left_out);
    expect(Object.fromEntries(reader.mine)).toEqual(each.mine);
    expect([...reader.named].sort()).toEqual(each.named);
  }
});
