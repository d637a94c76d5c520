import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listHiddenContactsOptions } from "./list-hidden-contacts";

/** PUT and DELETE /teams/hidden/{id}: hides a contact from colleagues, or shows it again. */
export function useHideContact(id: string) {
  const client = useQueryClient();
  const params = { params: { path: { id } } };
  return useMutation({
    mutationFn: (hide: boolean) =>
      hide
        ? answer(api.PUT("/api/crm/teams/hidden/{id}", params))
        : answer(api.DELETE("/api/crm/teams/hidden/{id}", params)),
    onSettled: () => client.invalidateQueries({ queryKey: listHiddenContactsOptions.queryKey }),
  });
}
