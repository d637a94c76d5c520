import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { IntroductionRequest } from "@/types/api";
import { introductionsKey } from "./list-introductions";

/** POST /graph/introduce: asks the connector of a path, by e-mail. */
export function useIntroduce() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: IntroductionRequest) =>
      answer(api.POST("/api/crm/graph/introduce", { body: request })),
    onSuccess: () => client.invalidateQueries({ queryKey: introductionsKey }),
  });
}
