import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

export type Period = "7d" | "30d" | "all";

/** GET /viral/leaderboard */
export function getLeaderboardOptions(period: Period) {
  return queryOptions({
    queryKey: ["viral", "leaderboard", period] as const,
    queryFn: ({ signal }) =>
      answer(api.GET("/api/crm/viral/leaderboard", { params: { query: { period } }, signal })),
    placeholderData: keepPreviousData,
  });
}
