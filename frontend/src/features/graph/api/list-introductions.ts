import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

export const introductionsKey = ["introductions"] as const;

/** The most introductions on the board; older ones are listed at their contact. */
const MOST = 200;

/** GET /graph/introductions, the newest first. */
export const listIntroductionsOptions = queryOptions({
  queryKey: [...introductionsKey, "list"] as const,
  queryFn: async ({ signal }) => {
    const params = { query: { limit: MOST } };
    const page = await answer(api.GET("/api/crm/graph/introductions", { params, signal }));
    return page.items;
  },
});
