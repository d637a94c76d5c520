import { rfc3339 } from "./dates";

/** Facts of any source, as lines of the API. The same as `shared/formats/facts.py`. */

export interface Person {
  address: string;
  name?: string;
}

export interface Message {
  id: string;
  /** Seconds since 1970. */
  at: number;
  sender: Person;
  to: readonly Person[];
  cc: readonly Person[];
  bcc: readonly Person[];
  flags: readonly string[];
}

export interface Attendee extends Person {
  status: string;
}

export interface Meeting {
  id: string;
  start: number;
  end: number;
  organizer: Person | null;
  attendees: readonly Attendee[];
  status: string;
  wholeDay: boolean;
}

export const MOST_PEOPLE = 500;

/** Build a person; a name that is empty is left out. */
export function person(address: string, name: string): Person {
  return name ? { address, name } : { address };
}

/** Return a message as a line of NDJSON, without the line's end. */
export function messageLine({ id, at, sender, to, cc, bcc, flags }: Message): string {
  let left = MOST_PEOPLE;
  const document: Record<string, unknown> = { id, at: rfc3339(at), from: sender };
  for (const [role, people] of Object.entries({ to, cc, bcc })) {
    if (people.length === 0 || left === 0) continue;
    document[role] = people.slice(0, left);
    left -= Math.min(left, people.length);
  }
  if (flags.length > 0) document.flags = flags;
  return JSON.stringify(document);
}

/** Return a meeting as a line of NDJSON, without the line's end. */
export function meetingLine(meeting: Meeting): string {
  const time = (seconds: number) =>
    meeting.wholeDay ? rfc3339(seconds).slice(0, 10) : rfc3339(seconds);
  return JSON.stringify({
    id: meeting.id,
    start: time(meeting.start),
    end: time(meeting.end),
    ...(meeting.organizer ? { organizer: meeting.organizer } : {}),
    attendees: meeting.attendees.slice(0, MOST_PEOPLE),
    status: meeting.status,
  });
}

const encoder = new TextEncoder();

/** Return an id for what has none: FNV-1a of its parts, 64 bits. */
export function madeUpId(...parts: string[]): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of encoder.encode(parts.join("\n"))) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `none-${value.toString(16).padStart(16, "0")}`;
}
