import { CalendarReader } from "./calendar";
import { TooMuch } from "./calendar-rules";
import { meetingLine, messageLine, type Message, type Person } from "./facts";
import { folderKind } from "./machines";
import { looksLikeMbox, MboxReader, withoutMark } from "./mbox";
import { readMessage } from "./message";
import { BadFile, membersOf, type Member } from "./packed";
import { rawOf } from "./text";

/** A file of mail or calendars, read from its beginning to its end. */

export type Kind = "messages" | "events";

/** An address that may be the user's, and why. */
export interface Candidate {
  address: string;
  name: string;
  /** How often it stands under mail that was sent, was delivered to, or was written here. */
  sent: number;
  delivered: number;
  written: number;
  meetings: number;
}

/** The contents of a file, as far as they were looked at. */
export interface Contents {
  messages: number;
  events: number;
  leftOut: Record<string, number>;
  firstAt: number | null;
  lastAt: number | null;
  candidates: readonly Candidate[];
}

export interface ReadFileOptions {
  /** Seconds since 1970. */
  now: number;
  onBytes: (read: number) => void;
  onLine: (kind: Kind, line: () => string) => void;
  /** Called between chunks; reading goes on when it has resolved. */
  pause: () => Promise<void>;
}

const NOT_READ =
  /\.(?:msf|json|html?|pdf|jpe?g|png|gif|mp4|csv|vcf|sqlite|db|txt|xml|zip|docx?|xlsx?)$/i;
const SINGLE = /^(?:from|date|to|message-id|received|subject)[ \t]*:/im;
const CALENDAR = /^\s*begin:vcalendar/i;
const PST = "!BDN";
const MOST_ADDRESSES = 200_000;
const MOST_CANDIDATES = 12;
const LONGEST_HEAD = 256 * 1024;

/** Read a file and pass on its facts as lines; throws a BadFile, whose message is for people. */
export async function readFile(file: File, options: ReadFileOptions): Promise<Contents> {
  const reading = new Reading(options);
  const wanted = (name: string) => name === file.name || !NOT_READ.test(name);
  try {
    for await (const member of membersOf(file, { wanted, onBytes: options.onBytes })) {
      await reading.member(member);
    }
  } catch (error) {
    if (error instanceof TooMuch) throw new BadFile(error.message);
    throw error;
  }
  return reading.contents(file.name);
}

class Reading {
  readonly #options: ReadFileOptions;
  readonly #candidates = new Map<string, Candidate>();
  readonly #leftOut = new Map<string, number>();
  readonly #calendar: CalendarReader;
  #messages = 0;
  #events = 0;
  #firstAt: number | null = null;
  #lastAt: number | null = null;
  #found = false;

  constructor(options: ReadFileOptions) {
    this.#options = options;
    this.#calendar = new CalendarReader(options.now, (meeting) => {
      this.#events += 1;
      this.#note(meeting.start);
      options.onLine("events", () => meetingLine(meeting));
    });
  }

  async member({ name, chunks }: Member): Promise<void> {
    const folder = name.split(/[\\/]/).reverse().map(folderKind).find(Boolean) ?? "";
    let feed: ((raw: string) => void) | null = null;
    let end = () => {};
    let isFirst = true;
    for await (const chunk of chunks) {
      const raw = rawOf(chunk);
      if (isFirst) {
        isFirst = false;
        [feed, end] = this.#readerFor(raw, folder);
        if (!feed) return;
        this.#found = true;
      }
      feed?.(raw);
      await this.#options.pause();
    }
    end();
  }

  #readerFor(start: string, folder: string): [((raw: string) => void) | null, () => void] {
    const nothing = () => {};
    if (start.startsWith(PST)) {
      throw new BadFile(
        "Outlook’s PST is read by the terminal program: “warmpath mail FILE”. Or export the mail as mbox.",
      );
    }
    if (looksLikeMbox(start)) {
      const mbox = new MboxReader((line, block) => this.#message(block, line, folder));
      return [(raw) => mbox.feed(raw), () => mbox.end()];
    }
    const text = withoutMark(start);
    if (CALENDAR.test(text.slice(0, 200))) {
      const calendar = this.#calendar;
      let isFirst = true;
      const feed = (raw: string) => {
        calendar.feed(isFirst ? withoutMark(raw) : raw);
        isFirst = false;
      };
      return [feed, () => calendar.end()];
    }
    const head = text.replace(/^[\r\n]+/, "").slice(0, LONGEST_HEAD);
    const block = head.split(/\n\r?\n/, 1)[0] ?? "";
    if (!/^from[ \t]*:/im.test(block) || !SINGLE.test(block.replace(/^from[ \t]*:/im, ""))) {
      return [null, nothing];
    }
    return [nothing, () => this.#message(block, "", folder)];
  }

  #message(block: string, fromLine: string, folder: string): void {
    if (folder && folder !== "sent") {
      this.#leaveOut(folder);
      return;
    }
    const options = { now: this.#options.now, fromLine, isSent: folder === "sent" };
    const { message, leftOut, mine } = readMessage(block, options);
    for (const [address, hint] of mine) this.#candidate(address)[hint] += 1;
    if (!message) {
      this.#leaveOut(leftOut);
      return;
    }
    if (mine.some(([, hint]) => hint !== "delivered")) this.#name(message.sender);
    this.#messages += 1;
    this.#note(message.at);
    this.#pass(message);
  }

  #pass(message: Message): void {
    this.#options.onLine("messages", () => messageLine(message));
  }

  #note(at: number): void {
    this.#firstAt = Math.min(this.#firstAt ?? at, at);
    this.#lastAt = Math.max(this.#lastAt ?? at, at);
  }

  #leaveOut(reason: string): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + 1);
  }

  #candidate(address: string): Candidate {
    let found = this.#candidates.get(address);
    if (!found) {
      found = {
        address: copied(address),
        name: "",
        sent: 0,
        delivered: 0,
        written: 0,
        meetings: 0,
      };
      if (this.#candidates.size < MOST_ADDRESSES) this.#candidates.set(found.address, found);
    }
    return found;
  }

  #name({ address, name }: Person): void {
    if (name) this.#candidate(address).name ||= copied(name);
  }

  contents(fileName: string): Contents {
    if (!this.#found) {
      throw new BadFile(
        `“${fileName}” holds neither mail nor a calendar. Choose an mbox, an .ics file, or the archive of Google Takeout.`,
      );
    }
    const { mine, named, leftOut } = this.#calendar;
    for (const [address, meetings] of mine) this.#candidate(address).meetings = meetings;
    for (const address of named) this.#candidate(address).sent += 1;
    const reasons = new Map(this.#leftOut);
    for (const [reason, times] of leftOut) reasons.set(reason, (reasons.get(reason) ?? 0) + times);
    return {
      messages: this.#messages,
      events: this.#events,
      leftOut: Object.fromEntries(reasons),
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      candidates: [...this.#candidates.values()]
        .sort((one, other) => likeliness(other) - likeliness(one))
        .slice(0, MOST_CANDIDATES),
    };
  }
}

/** How much speaks for an address; mail that was sent from it most. */
export function likeliness({ sent, delivered, written, meetings }: Candidate): number {
  return sent * 5 + delivered + written * 2 + meetings;
}

/** A copy, because a part of a string keeps the whole chunk of the file in memory. */
function copied(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
