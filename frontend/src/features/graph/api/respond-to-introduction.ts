import { queryOptions, useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { IntroductionAnswer } from "@/types/api";

/** GET /graph/introductions/respond/{token}: what is asked of whoever holds the link. */
export function getIntroductionQuestionOptions(token: string) {
  return queryOptions({
    queryKey: ["introduction-question", token] as const,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/crm/graph/introductions/respond/{token}", {
          params: { path: { token } },
          signal,
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
}

/** POST /graph/introductions/respond/{token}: the answer; a token takes one. */
export function useRespondToIntroduction(token: string) {
  return useMutation({
    mutationFn: (answerGiven: IntroductionAnswer) =>
      answer(
        api.POST("/api/crm/graph/introductions/respond/{token}", {
          params: { path: { token } },
          body: answerGiven,
        }),
      ),
  });
}
