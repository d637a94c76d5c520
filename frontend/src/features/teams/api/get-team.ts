import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /teams/mine: the user's team, if any, and the invitations to the user. */
export const getTeamOptions = queryOptions({
  queryKey: ["team"] as const,
  queryFn: ({ signal }) => answer(api.GET("/api/crm/teams/mine", { signal })),
});
