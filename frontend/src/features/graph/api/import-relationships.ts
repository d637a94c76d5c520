import { send } from "@/lib/api-client";
import type { GraphImport } from "@/types/api";

/** POST /graph/relationships/import: ties between contacts, as CSV. */
export async function importRelationships(csv: string): Promise<GraphImport> {
  const headers = { "Content-Type": "text/csv" };
  const path = "/api/crm/graph/relationships/import";
  const response = await send(path, { method: "POST", headers, body: csv });
  return (await response.json()) as GraphImport;
}
