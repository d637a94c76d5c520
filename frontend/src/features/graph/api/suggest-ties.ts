import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { graphKey } from "./put-relationship";

/** GET /graph/insights/suggestions: likely but missing ties of the user, with the reason. */
export function suggestTiesOptions(limit: number) {
  return queryOptions({
    queryKey: [...graphKey, "suggestions", limit] as const,
    queryFn: ({ signal }) => {
      const params = { query: { limit } };
      return answer(api.GET("/api/crm/graph/insights/suggestions", { params, signal }));
    },
  });
}
