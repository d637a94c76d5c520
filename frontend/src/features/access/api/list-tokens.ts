import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /access/tokens: the personal tokens, without their texts. */
export const listTokensOptions = queryOptions({
  queryKey: ["access", "tokens"] as const,
  queryFn: ({ signal }) => answer(api.GET("/api/crm/access/tokens", { signal })),
});
