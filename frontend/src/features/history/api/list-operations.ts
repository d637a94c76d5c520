import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const PAGE_SIZE = 50;
export const operationsKey = ["history", "operations"] as const;

/** GET /operations page by page, the newest first; of the user alone, or of the system as well. */
export function listOperationsOptions({ everyone }: { everyone: boolean }) {
  return infiniteQueryOptions({
    queryKey: [...operationsKey, everyone] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: PAGE_SIZE,
        ...(everyone ? {} : { actor: "user" as const }),
        ...(pageParam ? { cursor: pageParam } : {}),
      };
      return answer(api.GET("/api/crm/operations", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}
