import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

export const getStatsKey = ["viral", "stats"] as const;

/** GET /viral/stats over a window such as `30d`. */
export function getViralStatsOptions(window: string) {
  return queryOptions({
    queryKey: [...getStatsKey, window] as const,
    queryFn: ({ signal }) =>
      answer(api.GET("/api/crm/viral/stats", { params: { query: { window } }, signal })),
    placeholderData: keepPreviousData,
  });
}
