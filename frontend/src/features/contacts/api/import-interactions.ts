import { send } from "@/lib/api-client";
import type { GraphImport } from "@/types/api";

/** POST /contacts/interactions/import: interactions between the user and contacts, as CSV. */
export async function importInteractions(csv: string): Promise<GraphImport> {
  const headers = { "Content-Type": "text/csv" };
  const path = "/api/crm/contacts/interactions/import";
  const response = await send(path, { method: "POST", headers, body: csv });
  return (await response.json()) as GraphImport;
}
