import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { Me } from "@/types/api";
import { getMeOptions } from "./get-me";

/** A change of the user; settings are merged. */
export type MyChange = Partial<Pick<Me, "name" | "settings">>;

/** PATCH /users/me; shown at once, reverted when refused. */
export function useUpdateMe() {
  const client = useQueryClient();
  const { queryKey } = getMeOptions;
  return useMutation({
    mutationFn: (patch: MyChange) => answer(api.PATCH("/api/crm/users/me", { body: patch })),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(
        queryKey,
        (me) => me && { ...me, ...patch, settings: { ...me.settings, ...(patch.settings ?? {}) } },
      );
      return { before };
    },
    onError: (_error, _patch, context) => client.setQueryData(queryKey, context?.before),
    onSuccess: (me) => client.setQueryData(queryKey, me),
  });
}
