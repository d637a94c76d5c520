import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerWithOperation, api } from "@/lib/api-client";
import type { RelationshipSet } from "@/types/api";

/** The beginning of the keys of all answers that are computed from ties. */
export const graphKey = ["graph"] as const;

/** PUT /graph/relationships: set a tie and its strength. */
export function usePutRelationship() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tie: RelationshipSet) =>
      answerWithOperation(api.PUT("/api/crm/graph/relationships", { body: tie })),
    onSuccess: () => client.invalidateQueries({ queryKey: graphKey }),
  });
}
