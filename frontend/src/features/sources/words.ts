import { plural } from "@/lib/format";

/** Why messages and events are left out, in words. */
const REASONS: Readonly<Record<string, string>> = {
  list: "newsletters and lists",
  auto: "written by programs",
  role: "from offices such as info@",
  spam: "spam",
  trash: "in the trash",
  draft: "drafts",
  chat: "chats",
  not_mine: "between others only",
  no_address: "without an address",
  no_sender: "without a sender",
  no_recipient: "without a recipient",
  no_date: "without a date",
  alone: "with nobody else",
  forgotten: "of people you have forgotten",
  cancelled: "cancelled",
  declined: "declined",
  all_day: "whole days",
  future: "still to come",
  big: "with more than 30 people",
  old: "from before 1990",
  unreadable: "not readable",
};

/** Return the reasons with their counts, the largest first. */
export function reasonsOf(leftOut: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(leftOut)
    .filter(([, times]) => times > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, times]) => [REASONS[reason] ?? reason.replaceAll("_", " "), times]);
}

/** Return how many messages and meetings there are, as "12 messages and 3 meetings". */
export function factWords({ messages, events }: { messages: number; events: number }): string {
  const parts = [
    ...(messages > 0 ? [plural(messages, "message")] : []),
    ...(events > 0 ? [plural(events, "meeting")] : []),
  ];
  return parts.join(" and ") || "nothing";
}

const KINDS: Readonly<Record<string, string>> = {
  mail_file: "Mail file",
  calendar_file: "Calendar file",
  linkedin: "LinkedIn export",
  chat_file: "Chat file",
  imap: "Mailbox",
  caldav: "Calendar",
  carddav: "Address book",
  google: "Google",
  microsoft: "Microsoft",
};

/** Return the name of a kind of source. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind;
}
