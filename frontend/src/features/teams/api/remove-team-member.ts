import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { getTeamOptions } from "./get-team";

/** DELETE /teams/mine/members/{member}: leaves the team (`me`), or removes a colleague. */
export function useRemoveTeamMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: string) =>
      answer(api.DELETE("/api/crm/teams/mine/members/{member}", { params: { path: { member } } })),
    onSettled: () => client.invalidateQueries({ queryKey: getTeamOptions.queryKey }),
  });
}
