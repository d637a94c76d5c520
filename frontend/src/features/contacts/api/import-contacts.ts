import { send } from "@/lib/api-client";
import type { ImportAnswer } from "@/types/api";

interface ImportOptions {
  onDuplicate: "update" | "skip";
  tags: readonly string[];
  enrich: boolean;
}

/** POST /contacts/import: a small CSV in one request, for what the app itself has to add. */
export async function importContacts(csv: string, options: ImportOptions): Promise<ImportAnswer> {
  const query = new URLSearchParams({
    on_duplicate: options.onDuplicate,
    enrich: String(options.enrich),
    tags: options.tags.join(","),
  });
  const response = await send(`/api/crm/contacts/import?${query.toString()}`, {
    method: "POST",
    headers: { "Content-Type": "text/csv" },
    body: csv,
  });
  return (await response.json()) as ImportAnswer;
}
