import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const PAGE_SIZE = 20;

/** GET /contacts/{id}/history page by page, the newest first; read again whenever the contact changes. */
export function getContactHistoryOptions(id: string, changedAt: string) {
  return infiniteQueryOptions({
    queryKey: ["history", "contact", id, changedAt] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) };
      return answer(
        api.GET("/api/crm/contacts/{id}/history", { params: { path: { id }, query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}
