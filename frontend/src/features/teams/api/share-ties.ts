import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** PUT /teams/mine/sharing: whether colleagues find paths through the user's contacts. */
export function useShareTies() {
  const client = useQueryClient();
  const { queryKey } = getTeamOptions;
  return useMutation({
    mutationFn: (ties: boolean) =>
      answer(api.PUT("/api/crm/teams/mine/sharing", { body: { ties } })),
    // Never shown before the API has confirmed it: users rely on this switch.
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
