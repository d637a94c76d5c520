import { normalAddress } from "./addresses";
import { propertyOf, zoneName, type Property } from "./calendar-lines";
import { BadRule, momentOf, ruleOf, type Rule } from "./calendar-rules";
import { secondsIn, type Zone } from "./calendar-zones";
import { madeUpId, MOST_PEOPLE, person, type Attendee, type Person } from "./facts";
import { isPlaceholder } from "./message";
import { cleanName } from "./names";
import { cut, headerText } from "./text";

/** One event of a calendar. The same as `shared/formats/calendar/events.py`. */

/** A time as the calendar writes it: local, with the name of its zone; "Z" is UTC. */
export interface Moment {
  local: number;
  wholeDay: boolean;
  zone: string;
}

export interface CalendarEvent {
  uid: string;
  version: number;
  start: Moment;
  end: Moment | null;
  /** Seconds. */
  duration: number | null;
  rules: Rule[];
  also: Moment[];
  never: Moment[];
  /** Which occurrence of the series with this id it replaces. */
  replaces: Moment | null;
  status: string;
  organizer: Person | null;
  attendees: Attendee[];
}

export type Zones = ReadonlyMap<string, Zone>;

/** The event cannot be read. */
export class BadEvent extends Error {}

const STATUSES: Readonly<Record<string, string>> = {
  ACCEPTED: "accepted",
  DECLINED: "declined",
  TENTATIVE: "tentative",
  DELEGATED: "delegated",
  COMPLETED: "accepted",
  "IN-PROCESS": "accepted",
};
const NO_PERSON = new Set(["ROOM", "RESOURCE", "GROUP"]);
const NO_PERSON_ADDRESS =
  /^(?:.*@(?:resource|group)\.calendar\.google\.com|unknownorganizer@calendar\.google\.com|noreply@.*|(?:conf|confroom|conference|meeting|meetingroom|room|raum|salle|sala|boardroom)[-_.].*@.*|.*[-_.](?:room|meetingroom|conf)@.*)$/;
const DURATION =
  /^([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/i;
export const WANTED = new Set([
  ...["ATTENDEE", "EXDATE", "RDATE", "UID", "DTSTART", "DTEND", "DURATION", "RRULE"],
  ...["RECURRENCE-ID", "SEQUENCE", "STATUS", "ORGANIZER"],
]);
const MOST_RULES = 20;
const MOST_DATES = 5000;
const LONGEST_UID = 300;

/** Return the seconds since 1970 of a moment, or of another local time on the same clock. */
export function secondsAt(moment: Moment, zones: Zones, local = moment.local): number {
  const name = moment.wholeDay || moment.zone === "Z" ? "" : moment.zone;
  return secondsIn(local, zones.get(name), name);
}

/** Read an event from its unfolded lines, raw strings; or throw a BadEvent. */
export function eventOf(lines: readonly string[], defaultZone: string): CalendarEvent {
  const event: Omit<CalendarEvent, "start"> & { start: Moment | null } = {
    uid: "",
    version: 0,
    start: null,
    end: null,
    duration: null,
    rules: [],
    also: [],
    never: [],
    replaces: null,
    status: "confirmed",
    organizer: null,
    attendees: [],
  };
  const invited = new Map<string, Attendee>();
  for (const line of lines) {
    const each = propertyOf(headerText(line));
    if (!each || !WANTED.has(each.name)) continue;
    try {
      take(event, each, invited, defaultZone);
    } catch (error) {
      if (error instanceof BadRule) throw new BadEvent(each.name);
      throw error;
    }
  }
  const { start } = event;
  if (!start) throw new BadEvent("DTSTART");
  const uid = event.uid || madeUpId(isoOf(start.local), ...invited.keys());
  return { ...event, uid, start, attendees: [...invited.values()] };
}

/** A local time as Python's `isoformat` writes it. */
function isoOf(local: number): string {
  return new Date(local).toISOString().slice(0, 19);
}

function take(
  event: Omit<CalendarEvent, "start"> & { start: Moment | null },
  each: Property,
  invited: Map<string, Attendee>,
  defaultZone: string,
): void {
  const value = each.value.trim();
  const room = (list: readonly unknown[]) => MOST_DATES - list.length;
  switch (each.name) {
    case "UID":
      event.uid = cut(value, LONGEST_UID);
      break;
    case "SEQUENCE":
      event.version = /^[0-9]+$/.test(value.slice(0, 9)) ? Number(value.slice(0, 9)) : 0;
      break;
    case "STATUS":
      event.status = value.toLowerCase();
      break;
    case "ORGANIZER":
      event.organizer = personOf(each);
      break;
    case "ATTENDEE":
      invite(each, invited);
      break;
    case "DTSTART":
      event.start = momentIn(each, defaultZone);
      break;
    case "DTEND":
      event.end = momentIn(each, defaultZone);
      break;
    case "DURATION":
      event.duration = durationOf(value);
      break;
    case "RRULE":
      if (value && event.rules.length < MOST_RULES) event.rules.push(ruleOf(each.value));
      break;
    case "RECURRENCE-ID":
      event.replaces = momentIn(each, defaultZone);
      break;
    case "RDATE":
      event.also.push(...momentsIn(each, defaultZone).slice(0, room(event.also)));
      break;
    default:
      event.never.push(...momentsIn(each, defaultZone).slice(0, room(event.never)));
  }
}

function invite(each: Property, invited: Map<string, Attendee>): void {
  const found = personOf(each);
  const isPresent = each.parameters.get("ROLE")?.toUpperCase() !== "NON-PARTICIPANT";
  if (!found || invited.size >= MOST_PEOPLE || !isPresent || invited.has(found.address)) return;
  const status = STATUSES[each.parameters.get("PARTSTAT")?.toUpperCase() ?? ""] ?? "needs_action";
  invited.set(found.address, { ...found, status });
}

function personOf({ value, parameters }: Property): Person | null {
  if (NO_PERSON.has(parameters.get("CUTYPE")?.toUpperCase() ?? "")) return null;
  const text = value.trim();
  const colon = text.indexOf(":");
  let written = parameters.get("EMAIL") ?? "";
  if (colon < 0 && text.includes("@")) written = text;
  else if (text.slice(0, Math.max(0, colon)).toLowerCase() === "mailto") {
    if (text.slice(colon + 1).includes("@")) written = text.slice(colon + 1);
  }
  const address = normalAddress(written);
  if (!address || isPlaceholder(address) || NO_PERSON_ADDRESS.test(address)) return null;
  return person(address, cleanName(parameters.get("CN") ?? "", address));
}

function momentIn(each: Property, defaultZone: string, text = each.value): Moment {
  const value = text.trim();
  const zone = /Z$/i.test(value) ? "Z" : zoneName(each.parameters.get("TZID") ?? defaultZone);
  return { local: momentOf(value), wholeDay: !/T/i.test(value), zone };
}

/** The moments of a list; of a period, its beginning. */
function momentsIn(each: Property, defaultZone: string): Moment[] {
  return each.value
    .split(",")
    .filter((text) => text.trim())
    .map((text) => momentIn(each, defaultZone, text.split("/", 1)[0]));
}

function durationOf(text: string): number | null {
  const match = DURATION.exec(text);
  if (!match || match[1] === "-") return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((part) => Number((part as string | undefined) ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}
