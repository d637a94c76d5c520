import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /teams/mine: the team one is in, if any, and the invitations that wait for oneself. */
export const getTeamOptions = queryOptions({
  queryKey: ["team"] as const,
  queryFn: ({ signal }) => answer(api.GET("/api/crm/teams/mine", { signal })),
});
