import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const PAGE_SIZE = 15;

/** GET /contacts/{id}/timeline page by page, the newest first. */
export function getTimelineOptions(id: string, kind: string) {
  return infiniteQueryOptions({
    queryKey: ["day", "timeline", id, kind] as const,
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: PAGE_SIZE,
        ...(kind ? { kind } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      };
      const params = { path: { id }, query };
      return answer(api.GET("/api/crm/contacts/{id}/timeline", { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}
