import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** The most ties of one page; for more, the contact opens in the graph. */
const MOST_TIES = 200;

/** GET /graph/relationships?contact_id=: the ties of a contact, the strongest first. */
export function listRelationshipsOptions(contactId: string) {
  return queryOptions({
    queryKey: ["graph", "relationships", contactId] as const,
    queryFn: async ({ signal }) => {
      const params = { query: { contact_id: contactId, limit: MOST_TIES } };
      const page = await answer(api.GET("/api/crm/graph/relationships", { params, signal }));
      return page.items;
    },
    enabled: contactId !== "",
  });
}
