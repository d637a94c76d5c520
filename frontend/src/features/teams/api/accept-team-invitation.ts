import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** POST /teams/invitations/{id}/accept: joins; shares nothing yet. */
export function useAcceptTeamInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/crm/teams/invitations/{id}/accept", { params: { path: { id } } })),
    onSuccess: (status) => client.setQueryData(getTeamOptions.queryKey, status),
    onError: () => client.invalidateQueries({ queryKey: getTeamOptions.queryKey }),
  });
}
