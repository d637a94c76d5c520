import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { IntroductionLetter, IntroductionRequest } from "@/types/api";

/** POST /graph/introduce?dry_run=true: the letters as they would go out; nobody is asked. */
export function previewIntroductionOptions(request: IntroductionRequest) {
  return queryOptions({
    queryKey: ["introduction-preview", request] as const,
    queryFn: async ({ signal }): Promise<IntroductionLetter[]> => {
      const params = { query: { dry_run: true } };
      const call = api.POST("/api/crm/graph/introduce", { params, body: request, signal });
      const told = await answer(call);
      return "letters" in told ? told.letters : [];
    },
    enabled: request.message !== "",
    // What is shown stays until the letter with the newer words is there.
    placeholderData: keepPreviousData,
    // Somebody on the way may have said meanwhile that nobody shall ask.
    staleTime: 0,
    // A budget that is spent has room tomorrow: that is to be said, not waited for.
    retry: false,
    gcTime: 60_000,
  });
}
