import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /access/grants: the programs that the user has let in. */
export const listGrantsOptions = queryOptions({
  queryKey: ["access", "grants"] as const,
  queryFn: ({ signal }) => answer(api.GET("/api/crm/access/grants", { signal })),
});
