import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listWebhooksOptions } from "./list-webhooks";

/** POST /webhooks/{id}/rotate: a new secret, in this answer alone; the old one signs for another day. */
export function useRotateWebhookSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/crm/webhooks/{id}/rotate", { params: { path: { id } }, body: {} })),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: listWebhooksOptions.queryKey }),
  });
}
