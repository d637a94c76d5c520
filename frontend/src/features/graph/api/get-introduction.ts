import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { introductionsKey } from "./list-introductions";

/** GET /graph/introductions/{id} */
export function getIntroductionOptions(id: string) {
  return queryOptions({
    queryKey: [...introductionsKey, "one", id] as const,
    queryFn: ({ signal }) =>
      answer(api.GET("/api/crm/graph/introductions/{id}", { params: { path: { id } }, signal })),
  });
}
