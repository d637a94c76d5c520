import { formatCount, plural } from "@/lib/format";
import type { Operation } from "@/types/api";

/** The words for operations that are made of more than what they changed. */
const KINDS: Record<string, string> = {
  create_contact: "Added a contact",
  update_contact: "Changed a contact",
  replace_contact: "Changed a contact",
  delete_contact: "Deleted a contact",
  restore_contact: "Restored a contact",
  import_contacts: "Imported contacts",
  import_relationships: "Imported ties",
  import_interactions: "Imported interactions",
  enrich_contact: "Enriched a contact",
  set_relationship: "Set a tie",
  delete_relationship: "Removed a tie",
  add_interaction: "Recorded an interaction",
  hide_contact: "Hid a contact from the team",
  show_contact: "Showed a contact to the team",
  undo_operation: "Undid an operation",
  merge_contacts: "Merged contacts",
  split_contact: "Split a contact in two",
  merge_sure_duplicates: "Merged sure duplicates",
  dismiss_duplicate: "Said that two contacts are two people",
  change_contacts: "Changed contacts",
  update_user: "Changed the profile",
  direct: "Changed by an operator",
};

/** The words for the actions on many contacts. */
const BULK_ACTIONS: Record<string, string> = {
  tag: "Tagged contacts",
  untag: "Removed the tag",
  set: "Changed contacts",
  delete: "Deleted contacts",
  restore: "Restored contacts",
  enrich: "Enriched contacts",
  hide: "Hid contacts from the team",
};

/** Return the words for an operation: its kind, and the file where one is known. */
export function operationTitle({ kind, details }: Pick<Operation, "kind" | "details">): string {
  const action = typeof details.action === "string" ? BULK_ACTIONS[details.action] : undefined;
  if (kind === "change_contacts" && action !== undefined) {
    return Array.isArray(details.tags) ? `${action} “${details.tags.join("”, “")}”` : action;
  }
  const words = KINDS[kind] ?? sentence(kind);
  return typeof details.filename === "string" && details.filename
    ? `${words} from ${details.filename}`
    : words;
}

function sentence(kind: string): string {
  const words = kind.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Return the counts of an operation in words: "3 added, 1 changed, 2 ties". */
export function operationCounts(counts: Operation["counts"]): string {
  const parts: [number, string][] = [
    [counts.created, `${formatCount(counts.created)} added`],
    [counts.updated, `${formatCount(counts.updated)} changed`],
    [counts.deleted, `${formatCount(counts.deleted)} deleted`],
    [counts.merged, `${formatCount(counts.merged)} merged`],
    [counts.ties, plural(counts.ties, "tie")],
    [counts.interactions, plural(counts.interactions, "interaction")],
    [counts.others, `${formatCount(counts.others)} more`],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([, words]) => words)
    .join(", ");
}

/** The longest value that is shown whole. */
const MOST_SHOWN = 80;

/** Return a value of a field as one line. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  const text = asLine(value) || "nothing";
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function asLine(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(asLine).join(", ");
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return Object.entries(value)
    .map(([key, each]) => `${key}: ${asLine(each)}`)
    .join(", ");
}
