import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerWithOperation, api } from "@/lib/api-client";
import { graphKey } from "./put-relationship";

export interface Tie {
  from: string;
  to: string;
  mutual: boolean;
}

/** DELETE /graph/relationships/{from}/{to} */
export function useDeleteRelationship() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ from, to, mutual }: Tie) =>
      answerWithOperation(
        api.DELETE("/api/crm/graph/relationships/{from}/{to}", {
          params: { path: { from, to }, query: { mutual } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: graphKey }),
  });
}
