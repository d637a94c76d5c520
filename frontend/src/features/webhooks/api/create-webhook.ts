import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { WebhookEvent } from "@/features/webhooks/events";
import { listWebhooksOptions } from "./list-webhooks";

/** POST /webhooks: a new webhook; its secret is in this answer alone. */
export function useCreateWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { url: string; events: WebhookEvent[] }) =>
      answer(api.POST("/api/crm/webhooks", { body })),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: listWebhooksOptions.queryKey }),
  });
}
