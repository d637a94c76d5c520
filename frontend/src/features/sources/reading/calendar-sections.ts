import { normalAddress } from "./addresses";
import { WANTED } from "./calendar-events";
import { propertyOf, zoneName, type Property } from "./calendar-lines";
import { BadRule, momentOf } from "./calendar-rules";
import { Observance, offsetOf, Zone } from "./calendar-zones";
import { headerText } from "./text";

/** Events and time zones, cut out of the lines of a calendar; as `shared/formats/calendar/sections.py`. */

const MOST_LINES = 20_000;
const MOST_ZONES = 2000;
const MOST_DATES = 100;

export class Sections {
  /** Addresses that calendars have as their name. */
  readonly named = new Set<string>();
  /** The name of the time zone of times that have none. */
  defaultZone = "";
  readonly #zones: Map<string, Zone>;
  #held: string[] = [];
  #depth = 0;
  #zone: ZoneReader | null = null;
  #unfinished = 0;

  constructor(zones: Map<string, Zone>) {
    this.#zones = zones;
  }

  /** Return how many events had no end so far, with the present one. */
  unfinished(): number {
    return this.#unfinished + (this.#held.length > 0 ? 1 : 0);
  }

  /** Take a line, a raw string; return the lines of the event that it ends, or nothing. */
  feed(line: string): readonly string[] {
    const start = line.slice(0, 40).toUpperCase();
    const colon = start.indexOf(":");
    const mark = colon < 0 ? start : start.slice(0, colon);
    if (mark === "BEGIN" || mark === "END") {
      return this.#section(headerText(start.slice(colon + 1)).trim(), mark === "BEGIN");
    }
    if (this.#zone) this.#zone.line(line);
    else if (this.#held.length > 0) {
      const hasRoom = this.#depth === 0 && this.#held.length < MOST_LINES;
      if (hasRoom && isWanted(line)) this.#held.push(line);
    } else if (mark === "X-WR-TIMEZONE") this.defaultZone = zoneName(valueOf(line));
    else if (mark === "X-WR-CALNAME") {
      const named = normalAddress(valueOf(line));
      if (named) this.named.add(named);
    }
    return [];
  }

  #section(name: string, begins: boolean): readonly string[] {
    if (name === "VEVENT") {
      const event = this.#held;
      this.#held = begins ? ["BEGIN:VEVENT"] : [];
      this.#depth = 0;
      if (begins && event.length > 0) this.#unfinished += 1;
      return begins ? [] : event;
    }
    if (name === "VTIMEZONE") {
      if (this.#zone && !begins && this.#zones.size < MOST_ZONES) this.#zone.keepIn(this.#zones);
      this.#zone = begins ? new ZoneReader() : null;
    } else if (this.#zone) this.#zone.section(name, begins);
    else if (this.#held.length > 0) this.#depth = Math.max(0, this.#depth + (begins ? 1 : -1));
    return [];
  }
}

/** The description of a time zone while it is read. */
class ZoneReader {
  #name = "";
  readonly #observances: Observance[] = [];
  #current: Observance | null = null;

  section(name: string, begins: boolean): void {
    this.#current =
      begins && (name === "STANDARD" || name === "DAYLIGHT") ? new Observance() : null;
    if (this.#current && this.#observances.length < MOST_DATES) {
      this.#observances.push(this.#current);
    }
  }

  line(line: string): void {
    const each = propertyOf(headerText(line));
    if (!each) return;
    if (!this.#current) {
      if (each.name === "TZID") this.#name = zoneName(each.value);
      return;
    }
    try {
      take(this.#current, each);
    } catch (error) {
      if (!(error instanceof BadRule)) throw error;
    }
  }

  keepIn(zones: Map<string, Zone>): void {
    const onsets = this.#observances.flatMap((observance) => observance.onsets());
    if (this.#name && onsets.length > 0) zones.set(this.#name, new Zone(onsets));
  }
}

function take(observance: Observance, { name, value }: Property): void {
  switch (name) {
    case "DTSTART":
      observance.start = momentOf(value);
      break;
    case "TZOFFSETTO":
      observance.offset = offsetOf(value);
      break;
    case "TZOFFSETFROM":
      observance.before = offsetOf(value);
      break;
    case "RRULE":
      observance.rule = value;
      break;
    case "RDATE":
      observance.dates.push(
        ...value
          .split(",")
          .map((text) => momentOf(text.split("/", 1)[0] ?? ""))
          .slice(0, MOST_DATES),
      );
  }
}

function isWanted(line: string): boolean {
  const name = line.slice(0, 16).split(":", 1)[0]?.split(";", 1)[0] ?? "";
  return WANTED.has(headerText(name).trim().toUpperCase());
}

function valueOf(line: string): string {
  const text = headerText(line);
  const colon = text.indexOf(":");
  return colon < 0 ? "" : text.slice(colon + 1);
}
