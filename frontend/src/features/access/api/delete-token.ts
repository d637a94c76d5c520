import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listTokensOptions } from "./list-tokens";

/** DELETE /access/tokens/{id}: every call with the token is refused from then on. */
export function useDeleteToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/crm/access/tokens/{id}", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listTokensOptions.queryKey }),
  });
}
