import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { graphKey } from "./put-relationship";

/** GET /graph/relationships/{from}/{to}: a tie with all that its strength follows from. */
export function explainTieOptions(from: string, to: string) {
  return queryOptions({
    queryKey: [...graphKey, "tie", from, to] as const,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/crm/graph/relationships/{from}/{to}", {
          params: { path: { from, to } },
          signal,
        }),
      ),
  });
}
