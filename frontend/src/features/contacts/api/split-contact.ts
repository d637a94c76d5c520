import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { SplitOutcome, SplitRequest } from "@/types/api";

/** How many ties, notes and interactions are offered; the newest or strongest of more. */
const MOST = 200;

/** Read what belongs to a contact beside its fields: its ties, notes and interactions. */
export function splitFactsOptions(id: string) {
  return queryOptions({
    queryKey: ["contacts", "split-facts", id] as const,
    queryFn: async ({ signal }) => {
      const limit = MOST;
      const params = { path: { id }, query: { limit } };
      const ofContact = { query: { contact_id: id, limit } };
      const [ties, notes, interactions] = await Promise.all([
        answer(api.GET("/api/crm/graph/relationships", { params: ofContact, signal })),
        answer(api.GET("/api/crm/contacts/{id}/notes", { params, signal })),
        answer(api.GET("/api/crm/contacts/{id}/interactions", { params, signal })),
      ]);
      return { ties: ties.items, notes: notes.items, interactions: interactions.items };
    },
    staleTime: 0,
  });
}

/** POST /contacts/{id}/split: chosen facts go to a new contact. */
export function splitContact(id: string, request: SplitRequest): Promise<SplitOutcome> {
  const params = { path: { id } };
  return answer(api.POST("/api/crm/contacts/{id}/split", { params, body: request }));
}
