import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** POST /viral/invitations/open: a person has opened the page, not a link scanner. */
export function useOpenInvitation() {
  return useMutation({
    mutationFn: (code: string) =>
      answer(api.POST("/api/crm/viral/invitations/open", { body: { code } })),
  });
}
