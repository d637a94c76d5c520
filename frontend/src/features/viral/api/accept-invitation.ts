import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** POST /viral/invitations/accept: counts once for the sender of the code. */
export function useAcceptInvitation() {
  return useMutation({
    mutationFn: (code: string) =>
      answer(api.POST("/api/crm/viral/invitations/accept", { body: { code } })),
  });
}
