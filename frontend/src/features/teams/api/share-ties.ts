import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** The ties that colleagues find paths over; a field that is absent stays as it is. */
export interface Sharing {
  ties: boolean;
  /** How strong they are; else only that they exist. */
  strengths?: boolean;
  /** Also ties between others that the user's own mail and calendars show. */
  seen_ties?: boolean;
}

/** PUT /teams/mine/sharing: whether colleagues find paths through the user's contacts, and what they see of them. */
export function useShareTies() {
  const client = useQueryClient();
  const { queryKey } = getTeamOptions;
  return useMutation({
    mutationFn: (sharing: Sharing) =>
      answer(api.PUT("/api/crm/teams/mine/sharing", { body: sharing })),
    // Never shown before the API has confirmed it: users rely on this switch.
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
