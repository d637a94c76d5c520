import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { Scope } from "@/features/access/scopes";

/** POST /access/approvals: the user's answer; no granted scope says no. */
export function useApproveRequest() {
  return useMutation({
    mutationFn: ({ asked, granted }: { asked: Record<string, string>; granted: Scope[] }) =>
      answer(api.POST("/api/crm/access/approvals", { body: { ...asked, granted } })),
  });
}
