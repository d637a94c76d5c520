import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listGrantsOptions } from "./list-grants";

/** DELETE /access/grants/{id}: ends the access of a program. */
export function useDeleteGrant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/crm/access/grants/{id}", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listGrantsOptions.queryKey }),
  });
}
