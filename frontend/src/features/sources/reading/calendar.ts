import { Budget, DAY_MS, occurrences, TooMuch, type Rule } from "./calendar-rules";
import { BadEvent, eventOf, secondsAt, type CalendarEvent, type Moment } from "./calendar-events";
import { LineReader } from "./calendar-lines";
import { Sections } from "./calendar-sections";
import type { Zone } from "./calendar-zones";
import type { Meeting } from "./facts";

/** Calendar files as meetings. The same as `shared/formats/calendar/meetings.py`. */

const EARLIEST = 631152000;
const OLDEST_START = Date.UTC(1970, 0, 1);
const MOST_OCCURRENCES = 20_000;
const MOST_MEETINGS = 2_000_000;
const MOST_SERIES = 100_000;

/** Reads calendars chunk by chunk; one event that cannot be read loses only itself. */
export class CalendarReader {
  /** How many events say nothing, by reason. */
  readonly leftOut = new Map<string, number>();
  /** In how many meetings each address takes part. */
  readonly mine = new Map<string, number>();
  /** Addresses that calendars have as their name: surely the reader's. */
  readonly named = new Set<string>();
  readonly #onMeeting: (meeting: Meeting) => void;
  readonly #now: number;
  readonly #until: number;
  readonly #budget = new Budget();
  #given = 0;
  #file!: CalendarFile;

  constructor(now: number, onMeeting: (meeting: Meeting) => void) {
    this.#now = now;
    this.#until = now * 1000 + DAY_MS;
    this.#onMeeting = onMeeting;
    this.#begin();
  }

  /** Take the next chunk of a file, a raw string. */
  feed(chunk: string): void {
    this.#file.lines.feed(chunk);
  }

  /** End a file; the next one may begin. */
  end(): void {
    const { lines, sections, series, changed } = this.#file;
    lines.end();
    this.#leaveOut("unreadable", sections.unfinished());
    for (const name of sections.named) this.named.add(name);
    const replaced = new Map<string, Moment[]>();
    for (const event of changed.values()) {
      if (!event.replaces || wasDeleted(event, series.get(event.uid))) continue;
      replaced.set(event.uid, [...(replaced.get(event.uid) ?? []), event.replaces]);
      this.#giveOut(event, [event.start.local]);
    }
    for (const event of series.values()) {
      event.never.push(...(replaced.get(event.uid) ?? []));
      this.#giveOut(event, this.#times(event));
    }
    this.#begin();
  }

  #begin(): void {
    const zones = new Map<string, Zone>();
    const sections = new Sections(zones);
    const lines = new LineReader((line) => {
      const event = sections.feed(line);
      if (event.length > 0) this.#take(event);
    });
    this.#file = { lines, zones, sections, series: new Map(), changed: new Map() };
  }

  #take(lines: readonly string[]): void {
    const { sections, series, changed } = this.#file;
    let event: CalendarEvent;
    try {
      event = eventOf(lines, sections.defaultZone);
    } catch (error) {
      if (!(error instanceof BadEvent)) throw error;
      this.#leaveOut("unreadable", 1);
      return;
    }
    if (event.replaces) keepLatest(changed, `${event.replaces.local}/${event.uid}`, event);
    else if (event.rules.length > 0 || event.also.length > 0) keepLatest(series, event.uid, event);
    else this.#giveOut(event, [event.start.local]);
    if (series.size + changed.size > MOST_SERIES) {
      throw new TooMuch(
        `The calendar has more than ${MOST_SERIES} series: export fewer calendars at once`,
      );
    }
  }

  /** When a series takes place, as local times; only the first time where nobody is invited. */
  #times(event: CalendarEvent): number[] {
    const { start, rules, also, never } = event;
    if (event.attendees.length === 0 || start.local < OLDEST_START) return [start.local];
    const { zones } = this.#file;
    const times = new Set([start.local, ...also.map(({ local }) => local)]);
    const options = { until: this.#until, most: MOST_OCCURRENCES, budget: this.#budget };
    for (const rule of rules) {
      for (const local of occurrences(start.local, rule, options)) {
        if (!isPast(local, secondsAt(start, zones, local), rule)) times.add(local);
      }
    }
    const neverAt = new Set(never.map((moment) => secondsAt(moment, zones)));
    const days = never.filter(({ wholeDay }) => wholeDay || start.wholeDay);
    const neverDays = new Set(days.map(({ local }) => Math.floor(local / DAY_MS)));
    return [...times]
      .filter((local) => !neverAt.has(secondsAt(start, zones, local)))
      .filter((local) => !neverDays.has(Math.floor(local / DAY_MS)))
      .sort((one, other) => one - other);
  }

  #giveOut(event: CalendarEvent, times: readonly number[]): void {
    const { start, organizer, attendees, status } = event;
    if (attendees.length === 0) {
      this.#leaveOut("alone", 1);
      return;
    }
    const { zones } = this.#file;
    const length = lengthOf(event, zones);
    const people = new Set(attendees.map(({ address }) => address));
    if (organizer) people.add(organizer.address);
    for (const local of times) {
      const at = secondsAt(start, zones, local);
      if (at < EARLIEST || at > this.#now) {
        this.#leaveOut(at > this.#now ? "future" : "old", 1);
        continue;
      }
      this.#given += 1;
      if (this.#given > MOST_MEETINGS) {
        throw new TooMuch(
          `The calendar has more than ${MOST_MEETINGS} meetings: export fewer calendars at once`,
        );
      }
      for (const address of people) this.mine.set(address, (this.mine.get(address) ?? 0) + 1);
      const id = `${event.uid}/${compact(event.replaces?.local ?? local)}`;
      const end = at + length;
      const { wholeDay } = start;
      this.#onMeeting({ id, start: at, end, organizer, attendees, status, wholeDay });
    }
  }

  #leaveOut(reason: string, times: number): void {
    if (times > 0) this.leftOut.set(reason, (this.leftOut.get(reason) ?? 0) + times);
  }
}

interface CalendarFile {
  lines: LineReader;
  zones: Map<string, Zone>;
  sections: Sections;
  series: Map<string, CalendarEvent>;
  /** Changed occurrences, by when they were to be and by their series. */
  changed: Map<string, CalendarEvent>;
}

/** A local time as `20240110T090000`. */
function compact(local: number): string {
  return new Date(local).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
}

function lengthOf(event: CalendarEvent, zones: ReadonlyMap<string, Zone>): number {
  const { start, end, duration } = event;
  if (end) return Math.max(0, secondsAt(end, zones) - secondsAt(start, zones));
  return duration ?? (start.wholeDay ? DAY_MS / 1000 : 0);
}

/** Whether an occurrence lies behind the end of its rule. */
function isPast(local: number, at: number, rule: Rule): boolean {
  if (rule.until === null) return false;
  return rule.untilIsUtc ? at > Math.floor(rule.until / 1000) : local > rule.until;
}

/** Whether a series says in a later version that a changed occurrence does not take place. */
function wasDeleted(event: CalendarEvent, series: CalendarEvent | undefined): boolean {
  if (!series || event.version >= series.version) return false;
  return series.never.some(({ local }) => local === event.replaces?.local);
}

function keepLatest(events: Map<string, CalendarEvent>, key: string, event: CalendarEvent): void {
  const before = events.get(key);
  if (!before || event.version >= before.version) events.set(key, event);
}
