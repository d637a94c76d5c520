import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** POST /viral/invitations/open: a person has opened it, not a scanner of links. */
export function useOpenInvitation() {
  return useMutation({
    mutationFn: (code: string) =>
      answer(api.POST("/api/crm/viral/invitations/open", { body: { code } })),
  });
}
