import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /enrichment/credits: the balance. */
export const getCreditsOptions = queryOptions({
  queryKey: ["enrichment", "credits"] as const,
  queryFn: ({ signal }) => answer(api.GET("/api/crm/enrichment/credits", { signal })),
});
