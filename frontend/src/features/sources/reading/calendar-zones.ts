import { BadRule, DAY_MS, dayOf, occurrences, partsOf, ruleOf } from "./calendar-rules";

/** Time zones of calendars. The same as `shared/formats/calendar/zones.py`. */

/** A moment from which a clock shows another time: local, by the clock before it; in seconds east. */
interface Onset {
  at: number;
  offset: number;
  before: number;
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;
const MOST_ONSETS = 400;
const LONGEST_OFFSET = 15 * 3600;

/** A time zone as a file describes it. */
export class Zone {
  readonly #onsets: readonly Onset[];

  constructor(onsets: readonly Onset[]) {
    this.#onsets = [...onsets].sort(
      (one, other) => one.at - other.at || one.offset - other.offset || one.before - other.before,
    );
  }

  /** Return the seconds since 1970 of a local time. */
  seconds(local: number): number {
    let offset = this.#onsets[0]?.before ?? 0;
    for (const onset of this.#onsets) {
      if (onset.at > local) break;
      offset = onset.offset;
    }
    return Math.floor(local / 1000) - offset;
  }
}

/** A part of a zone's description while it is read: standard or daylight saving time. */
export class Observance {
  start: number | null = null;
  offset: number | null = null;
  before: number | null = null;
  rule = "";
  dates: number[] = [];

  onsets(): Onset[] {
    const { offset, before } = this;
    if (this.start === null || offset === null) return [];
    const found = [this.start, ...this.dates];
    if (this.rule) {
      try {
        const until = dayOf(LAST_YEAR, 1, 1) * DAY_MS;
        found.push(
          ...occurrences(sinceFirstYear(this.start), ruleOf(this.rule), {
            until,
            most: MOST_ONSETS,
          }),
        );
      } catch (error) {
        if (!(error instanceof BadRule)) throw error;
      }
    }
    return found.map((at) => ({ at, offset, before: before ?? offset }));
  }
}

/** Outlook begins in 1601. */
function sinceFirstYear(start: number): number {
  const day = Math.floor(start / DAY_MS);
  const { year, month, day: monthDay } = partsOf(day);
  if (year >= FIRST_YEAR) return start;
  return dayOf(FIRST_YEAR, month, monthDay) * DAY_MS + start - day * DAY_MS;
}

/** Return the seconds of `+0200` or `-043000`; null for others. */
export function offsetOf(text: string): number | null {
  const match = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, hours, minutes, rest = "0"] = match;
  const seconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  return seconds > LONGEST_OFFSET ? null : sign === "-" ? -seconds : seconds;
}

/** Return the seconds since 1970 of a local time in a zone by its name, else as the file has it. */
export function secondsIn(local: number, zone: Zone | undefined, name: string): number {
  const clock = name ? clockOf(name) : null;
  if (clock) return clock.seconds(local);
  return zone ? zone.seconds(local) : Math.floor(local / 1000);
}

const clocks = new Map<string, Clock | null>();

function clockOf(name: string): Clock | null {
  let clock = clocks.get(name);
  if (clock === undefined) {
    clock = null;
    const parts = name.split("/").filter(Boolean);
    for (let first = 0; first < parts.length && !clock; first += 1) {
      clock = Clock.named(parts.slice(first).join("/"));
    }
    if (clocks.size < 2000) clocks.set(name, clock);
  }
  return clock;
}

/** A time zone that the browser knows. */
class Clock {
  readonly #format: Intl.DateTimeFormat;
  /** Seconds east at the beginning of each day that was asked for. */
  readonly #offsets = new Map<number, number>();

  private constructor(format: Intl.DateTimeFormat) {
    this.#format = format;
  }

  static named(name: string): Clock | null {
    // The server looks names up as they are spelt.
    if (!/^[A-Z][^/]*(?:\/[A-Z][^/]*)*$/.test(name)) return null;
    try {
      return new Clock(
        new Intl.DateTimeFormat("en-US", {
          timeZone: name,
          hourCycle: "h23",
          year: "numeric",
          month: "numeric",
          day: "numeric",
          hour: "numeric",
          minute: "numeric",
          second: "numeric",
        }),
      );
    } catch {
      return null;
    }
  }

  /** Of a time that a clock shows twice, the first one; of one that it passes over, as if it had not yet been set forward. */
  seconds(local: number): number {
    const day = Math.floor(local / DAY_MS);
    const before = this.#dayOffset(day - 1);
    const after = this.#dayOffset(day + 2);
    const seconds = Math.floor(local / 1000);
    if (before === after) return seconds - before;
    if (this.#offset(seconds - before) === before) return seconds - before;
    return this.#offset(seconds - after) === after ? seconds - after : seconds - before;
  }

  #dayOffset(day: number): number {
    let offset = this.#offsets.get(day);
    if (offset === undefined) {
      offset = this.#offset((day * DAY_MS) / 1000);
      this.#offsets.set(day, offset);
    }
    return offset;
  }

  #offset(seconds: number): number {
    const parts = new Map(
      this.#format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const day = dayOf(part("year"), part("month"), part("day"));
    const time = (part("hour") * 60 + part("minute")) * 60 + part("second");
    return (day * DAY_MS) / 1000 + time - seconds;
  }
}
