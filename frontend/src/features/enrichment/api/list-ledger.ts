import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const PAGE_SIZE = 50;

/** GET /enrichment/credits/ledger page by page, the newest first. */
export const listLedgerOptions = infiniteQueryOptions({
  queryKey: ["enrichment", "ledger"] as const,
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) };
    return answer(api.GET("/api/crm/enrichment/credits/ledger", { params: { query }, signal }));
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
