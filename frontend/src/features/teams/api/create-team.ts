import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** POST /teams: a team of oneself, to invite others to. */
export function useCreateTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => answer(api.POST("/api/crm/teams", { body: { name } })),
    onSuccess: (status) => client.setQueryData(getTeamOptions.queryKey, status),
  });
}
