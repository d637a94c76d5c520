import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const PAGE_SIZE = 50;
export const trashKey = ["history", "trash"] as const;

/** GET /contacts/trash page by page, the last deleted first. */
export const listTrashOptions = infiniteQueryOptions({
  queryKey: trashKey,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) };
    return answer(api.GET("/api/crm/contacts/trash", { params: { query }, signal }));
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
