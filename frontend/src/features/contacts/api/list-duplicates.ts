import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** Pairs of a page: few, because a pair holds two whole contacts. */
const PAGE_SIZE = 25;

export type Band = "sure" | "likely";

export const duplicatesKey = ["contacts", "duplicates"] as const;

/** GET /contacts/duplicates page by page, the surest pairs first. */
export function listDuplicatesOptions(band: Band) {
  return infiniteQueryOptions({
    queryKey: [...duplicatesKey, band] as const,
    queryFn: async ({ pageParam, signal }) => {
      const query = { band, limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) };
      const call = api.GET("/api/crm/contacts/duplicates", { params: { query }, signal });
      return { ...(await answer(call)), readAt: Date.now() };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // The pairs under review stay as they are until the user has decided about them.
    staleTime: Infinity,
  });
}

/** GET /contacts/duplicates for its counts and its surest pairs. */
export function someDuplicatesOptions() {
  return queryOptions({
    queryKey: [...duplicatesKey, "some"] as const,
    queryFn: ({ signal }) => {
      const query = { limit: 3 };
      return answer(api.GET("/api/crm/contacts/duplicates", { params: { query }, signal }));
    },
    // The server compares what changed in the background.
    refetchInterval: ({ state }) => (state.data?.scan.stale ? COMPARING_MS : false),
  });
}

/** Milliseconds between reads while changed contacts are being compared. */
const COMPARING_MS = 4000;
