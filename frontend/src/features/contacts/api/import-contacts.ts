import { send } from "@/lib/api-client";
import type { ImportAnswer } from "@/types/api";

const CONTENT_TYPES = {
  csv: "text/csv",
  vcard: "text/vcard",
  json: "application/json",
  whole: "application/octet-stream",
} as const;

export interface ImportOptions {
  dryRun?: boolean;
  onDuplicate?: "update" | "skip";
  /** Column -> field, where the user corrects the recognised mapping. */
  mapping?: Readonly<Record<string, string>>;
  tags?: readonly string[];
  enrich?: boolean;
  /** The strength of the tie to the user that each contact gets. */
  tieToMe?: number | null;
  signal?: AbortSignal;
}

/** POST /contacts/import: a file, or a chunk that is a complete file. */
export async function importContacts(
  kind: keyof typeof CONTENT_TYPES,
  body: BodyInit,
  options: ImportOptions,
): Promise<ImportAnswer> {
  const query = new URLSearchParams();
  if (options.dryRun) query.set("dry_run", "true");
  if (options.onDuplicate) query.set("on_duplicate", options.onDuplicate);
  if (options.enrich !== undefined) query.set("enrich", String(options.enrich));
  if (options.mapping) query.set("mapping", JSON.stringify(options.mapping));
  if (options.tags && options.tags.length > 0) query.set("tags", options.tags.join(","));
  if (options.tieToMe) query.set("tie_to_me", String(options.tieToMe));
  const response = await send(`/api/crm/contacts/import?${query.toString()}`, {
    method: "POST",
    headers: { "Content-Type": CONTENT_TYPES[kind] },
    body,
    signal: options.signal ?? null,
  });
  return (await response.json()) as ImportAnswer;
}
