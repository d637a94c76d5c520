import { addresses, normalAddress } from "./addresses";
import { rfc3339, secondsOf } from "./dates";
import { madeUpId, person, type Message, type Person } from "./facts";
import { flagsOf, labelKinds, type Fields } from "./machines";
import { cut, headerText, spaced, stripped } from "./text";

/** A header block as a fact. The same as `shared/formats/mail/message.py` and `fields.py`. */

/** A message that was read: the fact, or why it is left out, and addresses that may be mine. */
export interface ReadMessage {
  message: Message | null;
  leftOut: string;
  mine: readonly (readonly [address: string, hint: "sent" | "delivered" | "written"])[];
}

export interface ReadOptions {
  /** Seconds since 1970; later dates are not believed. */
  now: number;
  /** The line of an mbox before it. */
  fromLine?: string;
  isSent?: boolean;
}

const WANTED = new Set(
  "from sender to cc bcc date message-id list-id list-post list-unsubscribe mailing-list precedence auto-submitted x-autoreply x-autorespond return-path content-type received feedback-id delivered-to x-original-to x-gmail-labels".split(
    " ",
  ),
);
const JOINED = new Set(["to", "cc", "bcc"]);
const BLANKS = " \t\r\n\f\v";
const ID = /<([^<> \t\r\n\f\v]+)>/;
const LONGEST_ID = 500;
const LONGEST_NAME = 20;
const FROM_DATE =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +([A-Za-z]{3}) +(\d{1,2}) +(\d\d:\d\d(?::\d\d)?) +(?:([+-]\d{4}) +|[A-Z]{3,4} +)?(\d{4})/;
const FROM_SENDER = /^From +([^ \t\r\n\f\v<>"]+@[^ \t\r\n\f\v<>"]+\.[^ \t\r\n\f\v<>"]+) /;
const EARLIEST = 631152000;
const TOMORROW = 86400;
const LEFT_OUT = ["spam", "trash", "draft", "chat"];

/** Read a header block: a raw string of its lines, without the empty line behind it. */
export function readMessage(head: string, options: ReadOptions): ReadMessage {
  const { now, fromLine = "", isSent = false } = options;
  const fields = fieldsOf(head);
  const labels = labelKinds(fields.get("x-gmail-labels") ?? "");
  const kind = LEFT_OUT.find((each) => labels.has(each));
  if (kind) return { message: null, leftOut: kind, mine: [] };
  const sender = senderOf(fields, fromLine);
  const mine = mineOf(fields, sender, isSent || labels.has("sent"));
  if (!sender) return { message: null, leftOut: "no_sender", mine };
  let to = people(fields, "to");
  const cc = people(fields, "cc");
  const bcc = people(fields, "bcc");
  if (to.length + cc.length + bcc.length === 0) {
    to = delivered(fields);
    if (to.length === 0) return { message: null, leftOut: "no_recipient", mine };
  }
  const at = timeOf(fields, fromLine, now);
  if (at === null) return { message: null, leftOut: "no_date", mine };
  const everybody = [...to, ...cc, ...bcc].map(({ address }) => address);
  const id = idOf(fields) || madeUpId(rfc3339(at), sender.address, ...everybody);
  const flags = flagsOf(fields, sender.address, labels);
  return { message: { id, at, sender, to, cc, bcc, flags }, leftOut: "", mine };
}

/** Return the wanted fields of a header block as raw strings. */
export function fieldsOf(head: string): Fields {
  const found = new Map<string, string>();
  let name: string | null = null;
  let at = 0;
  while (at < head.length) {
    let end = head.indexOf("\n", at);
    if (end < 0) end = head.length;
    const first = head.charCodeAt(at);
    if (first === 32 || first === 9) {
      if (name !== null) {
        found.set(name, `${found.get(name) ?? ""} ${stripped(head.slice(at, end), BLANKS)}`);
      }
    } else {
      name = nameAt(head, at, end);
      if (name !== null) {
        const value = stripped(head.slice(head.indexOf(":", at) + 1, end), BLANKS);
        const before = found.get(name);
        if (before === undefined) found.set(name, value);
        else if (JOINED.has(name)) found.set(name, `${before}, ${value}`);
        else name = null;
      }
    }
    at = end + 1;
  }
  return found;
}

/** The name of the wanted field that begins here; null for other lines. */
function nameAt(head: string, at: number, end: number): string | null {
  const colon = head.indexOf(":", at);
  if (colon < at || colon >= end) return null;
  let stop = colon;
  while (stop > at && (head.charCodeAt(stop - 1) === 32 || head.charCodeAt(stop - 1) === 9)) {
    stop -= 1;
  }
  if (stop - at > LONGEST_NAME) return null;
  const name = head.slice(at, stop).toLowerCase();
  return WANTED.has(name) ? name : null;
}

/** Return whether an address is one that reaches nobody. */
export function isPlaceholder(address: string): boolean {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return !domain.includes(".") || /\.(?:local|localdomain|invalid|internal)$/.test(domain);
}

/** People write to the same people again and again. */
const known = new Map<string, readonly Person[]>();
const MOST_KNOWN = 4096;

function people(fields: Fields, role: string): readonly Person[] {
  const field = fields.get(role);
  if (field === undefined) return [];
  const before = known.get(field);
  if (before) return before;
  const seen = new Set<string>();
  const found: Person[] = [];
  for (const [address, name] of addresses(spaced(headerText(field)))) {
    if (!address || seen.has(address) || isPlaceholder(address)) continue;
    seen.add(address);
    found.push(person(address, name));
  }
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(field, found);
  return found;
}

function senderOf(fields: Fields, fromLine: string): Person | null {
  for (const role of ["from", "sender"]) {
    const [first] = people(fields, role);
    if (first) return first;
  }
  const match = fields.has("from") ? null : FROM_SENDER.exec(headerText(fromLine));
  const address = match ? normalAddress(match[1] ?? "") : "";
  return address && !isPlaceholder(address) ? { address } : null;
}

function delivered(fields: Fields): readonly Person[] {
  const found = people(fields, "delivered-to");
  return found.length > 0 ? found : people(fields, "x-original-to");
}

function mineOf(fields: Fields, sender: Person | null, isSent: boolean): ReadMessage["mine"] {
  const [first] = delivered(fields);
  const hints: ReadMessage["mine"] = first ? [[first.address, "delivered"]] : [];
  if (sender && isSent) return [...hints, [sender.address, "sent"]];
  const isWrittenHere = !fields.has("received") && !fields.has("delivered-to");
  return sender && isWrittenHere ? [...hints, [sender.address, "written"]] : hints;
}

function idOf(fields: Fields): string {
  const field = spaced(headerText(fields.get("message-id") ?? ""));
  return stripped(cut(ID.exec(field)?.[1] ?? field, LONGEST_ID), " ");
}

function timeOf(fields: Fields, fromLine: string, now: number): number | null {
  const texts = [spaced(headerText(fields.get("date") ?? ""))];
  const received = fields.get("received");
  if (received !== undefined) {
    const text = headerText(received);
    texts.push(spaced(text.slice(text.lastIndexOf(";") + 1)));
  }
  const match = FROM_DATE.exec(headerText(fromLine));
  if (match) {
    const [, month, day, time, zone = "+0000", year] = match;
    texts.push(`${day} ${month} ${year} ${time} ${zone}`);
  }
  for (const text of texts) {
    const at = secondsOf(text);
    if (at !== null && at >= EARLIEST && at <= now + TOMORROW) return at;
  }
  return null;
}
