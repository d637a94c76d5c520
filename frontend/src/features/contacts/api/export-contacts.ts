import { runBulk } from "@/components/run-bulk";
import { answer, api, send } from "@/lib/api-client";
import type { Contact } from "@/types/api";

export type ExportFormat = "csv" | "vcf" | "json";

/** GET /contacts/export: everything, as a file for the browser to keep. */
export async function exportContacts(format: ExportFormat): Promise<Blob> {
  const response = await send(`/api/crm/contacts/export?format=${format}`, {});
  return response.blob();
}

/** Read some contacts whole, for an export of just these. */
export async function readContacts(ids: readonly string[]): Promise<Contact[]> {
  const { done, failed } = await runBulk("Reading", ids, (id) =>
    answer(api.GET("/api/crm/contacts/{id}", { params: { path: { id } } })),
  );
  if (failed[0]) throw failed[0].error;
  return done.map(({ result }) => result);
}
