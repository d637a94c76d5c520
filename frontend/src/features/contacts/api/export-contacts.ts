import { runBulk } from "@/components/run-bulk";
import { answer, api, send } from "@/lib/api-client";
import type { Contact } from "@/types/api";

/** The kinds of files: each is a format, and for some a version of it or a program. */
export const EXPORT_KINDS = {
  csv: { format: "csv", query: "" },
  google: { format: "csv", query: "&for=google" },
  outlook: { format: "csv", query: "&for=outlook" },
  vcf: { format: "vcf", query: "" },
  "vcf-3.0": { format: "vcf", query: "&version=3.0" },
  json: { format: "json", query: "" },
} as const;

export type ExportKind = keyof typeof EXPORT_KINDS;

/** GET /contacts/export: everything, as a file for the browser to keep. */
export async function exportContacts(kind: ExportKind): Promise<Blob> {
  const { format, query } = EXPORT_KINDS[kind];
  const response = await send(`/api/crm/contacts/export?format=${format}${query}`, {});
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
