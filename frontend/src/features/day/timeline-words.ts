import type { TimelineEntry } from "@/features/day/api/day-types";
import { displayName, plural } from "@/lib/format";

const monthName = new Intl.DateTimeFormat("en", { month: "long", year: "numeric" });

const TALKS: Record<string, string> = {
  email: "mail",
  message: "message",
  call: "call",
  meeting: "meeting",
};

/** Return an entry of a timeline in words; the text of a note is shown as it is. */
export function entryWords(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "note":
      return entry.text ?? "";
    case "interactions": {
      const talks = plural(entry.count ?? 0, TALKS[entry.interaction ?? ""] ?? "talk");
      return `${talks} in ${monthName.format(new Date(`${entry.month}-15T12:00:00`))}`;
    }
    case "source":
      return `${entry.source}: ${sourceCounts(entry)}`;
    case "introduction":
      return `Introduction to ${displayName(entry.target ?? {})}: ${(entry.status ?? "").replaceAll("_", " ")}`;
    case "added":
      return "Added to your contacts";
    case "enrichment":
    case "job":
      return (entry.fields ?? [])
        .map(({ field, after }) => `${String(field)}: ${valueWords(after)}`)
        .join("; ");
  }
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "removed";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function sourceCounts({ sent, received, together, meetings, calls }: TimelineEntry): string {
  const mails = (sent ?? 0) + (received ?? 0);
  const parts = [
    mails > 0 ? plural(mails, "message") : "",
    together ? `${plural(together, "message")} to both of you` : "",
    meetings ? plural(meetings, "meeting") : "",
    calls ? plural(calls, "call") : "",
  ];
  return parts.filter(Boolean).join(", ");
}
