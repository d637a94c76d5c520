import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getStatsKey } from "./get-viral-stats";
import { listInvitationsOptions } from "./list-invitations";

/** POST /viral/invitations: one mail to each address. */
export function useCreateInvitations() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (invitation: { emails: string[]; message?: string }) =>
      answer(api.POST("/api/crm/viral/invitations", { body: invitation })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: listInvitationsOptions.queryKey }),
        client.invalidateQueries({ queryKey: getStatsKey }),
      ]),
  });
}
