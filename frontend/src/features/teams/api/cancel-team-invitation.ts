import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** DELETE /teams/mine/invitations/{id}: cancels an invitation. */
export function useCancelTeamInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/crm/teams/mine/invitations/{id}", { params: { path: { id } } })),
    // Also when refused: the invitation was then accepted or cancelled meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: getTeamOptions.queryKey }),
  });
}
