import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const MOST = 100;

/** GET /viral/invitations, the newest first, and a link to share. */
export const listInvitationsOptions = queryOptions({
  queryKey: ["viral", "invitations"] as const,
  queryFn: async ({ signal }) => {
    const params = { query: { limit: MOST } };
    return answer(api.GET("/api/crm/viral/invitations", { params, signal }));
  },
});
