import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** POST /teams/mine/invitations: one mail to one address. */
export function useInviteToTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (email: string) =>
      answer(api.POST("/api/crm/teams/mine/invitations", { body: { email } })),
    onSuccess: (status) => client.setQueryData(getTeamOptions.queryKey, status),
  });
}
