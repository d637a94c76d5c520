import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** POST /teams: creates a team with the user as its only member. */
export function useCreateTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => answer(api.POST("/api/crm/teams", { body: { name } })),
    onSuccess: (status) => client.setQueryData(getTeamOptions.queryKey, status),
  });
}
