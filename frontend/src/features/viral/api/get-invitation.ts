import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /viral/invitations/{code}: the inviting user; needs no session. */
export function getInvitationOptions(code: string) {
  return queryOptions({
    queryKey: ["viral", "invitation", code] as const,
    queryFn: ({ signal }) =>
      answer(api.GET("/api/crm/viral/invitations/{code}", { params: { path: { code } }, signal })),
    retry: false,
  });
}
