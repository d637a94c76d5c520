import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { Scope } from "@/features/access/scopes";
import { listTokensOptions } from "./list-tokens";

/** POST /access/tokens: a new personal token; its text is in this answer alone. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; scopes: Scope[]; days: number }) =>
      answer(api.POST("/api/crm/access/tokens", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: listTokensOptions.queryKey }),
  });
}
