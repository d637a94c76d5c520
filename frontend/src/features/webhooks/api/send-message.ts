import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listWebhooksOptions } from "./list-webhooks";

/** POST /webhooks/{id}/test: sends a message of the type webhook.test. */
export function useTestWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/crm/webhooks/{id}/test", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listWebhooksOptions.queryKey }),
  });
}

/** POST /webhooks/deliveries/{id}/redeliver: sends a message again, under the same id. */
export function useRedeliver() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/crm/webhooks/deliveries/{id}/redeliver", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listWebhooksOptions.queryKey }),
  });
}
