import type { components } from "@/types/api.generated";

export type WebhookEvent = components["schemas"]["Webhook"]["events"][number];

/** The events in words, in groups; "*" is asked for apart. */
export const EVENTS: readonly {
  group: string;
  events: readonly { type: WebhookEvent; label: string }[];
}[] = [
  {
    group: "Contacts",
    events: [
      { type: "contact.created", label: "Added" },
      { type: "contact.updated", label: "Changed" },
      { type: "contact.deleted", label: "Deleted" },
      { type: "contact.merged", label: "Merged" },
    ],
  },
  {
    group: "Introductions",
    events: [
      { type: "introduction.requested", label: "Requested" },
      { type: "introduction.connector_accepted", label: "Accepted by the connector" },
      { type: "introduction.introduced", label: "Introduced" },
      { type: "introduction.completed", label: "Completed" },
      { type: "introduction.declined", label: "Declined" },
      { type: "introduction.not_now", label: "Not now" },
      { type: "introduction.withdrawn", label: "Withdrawn" },
      { type: "introduction.expired", label: "Expired" },
    ],
  },
  {
    group: "Work in the background",
    events: [
      { type: "import.finished", label: "Import finished" },
      { type: "job.finished", label: "Job finished" },
    ],
  },
];

/** The events of a webhook in one line: "All events", "contact.created, contact.updated and 3 more". */
export function eventsLine(events: readonly WebhookEvent[]): string {
  if (events.includes("*")) return "All events";
  const [shown, rest] = [events.slice(0, 2), events.length - 2];
  return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
