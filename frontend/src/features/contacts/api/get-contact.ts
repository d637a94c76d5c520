import { queryOptions } from "@tanstack/react-query";
import { answerWithTag, api } from "@/lib/api-client";
import { enrichmentOf, type Contact } from "@/types/api";

/** Milliseconds between reads of a contact whose enrichment is pending. */
const ENRICHING_MS = 1500;

/** GET /contacts/{id}, with its entity tag; read again while enrichment is pending. */
export function getContactOptions(id: string) {
  return queryOptions({
    queryKey: ["contacts", "one", id] as const,
    queryFn: async ({ signal }) => {
      const call = api.GET("/api/crm/contacts/{id}", { params: { path: { id } }, signal });
      const { body, etag } = await answerWithTag(call);
      return { contact: body, etag };
    },
    refetchInterval: (query) => (isPending(query.state.data?.contact) ? ENRICHING_MS : false),
  });
}

function isPending(contact: Contact | undefined): boolean {
  return contact !== undefined && enrichmentOf(contact).status === "pending";
}
