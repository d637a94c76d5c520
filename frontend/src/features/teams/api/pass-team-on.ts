import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** PUT /teams/mine/owner: makes another member the owner. */
export function usePassTeamOn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.PUT("/api/crm/teams/mine/owner", { body: { id } })),
    onSettled: () => client.invalidateQueries({ queryKey: getTeamOptions.queryKey }),
  });
}
