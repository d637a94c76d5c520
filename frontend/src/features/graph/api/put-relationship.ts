import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { RelationshipSet } from "@/types/api";

/** Everything that is computed from ties starts with this key. */
export const graphKey = ["graph"] as const;

/** PUT /graph/relationships: who knows whom, and how well. */
export function usePutRelationship() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tie: RelationshipSet) =>
      answer(api.PUT("/api/crm/graph/relationships", { body: tie })),
    onSuccess: () => client.invalidateQueries({ queryKey: graphKey }),
  });
}
