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
      const reported = await answer(call);
      return "letters" in reported ? reported.letters : [];
    },
    enabled: request.message !== "",
    // The present letter stays until the one with the newer words arrives.
    placeholderData: keepPreviousData,
    // A contact on the path may have refused all questions meanwhile.
    staleTime: 0,
    // A spent budget has room tomorrow: report it now instead of waiting.
    retry: false,
    gcTime: 60_000,
  });
}
