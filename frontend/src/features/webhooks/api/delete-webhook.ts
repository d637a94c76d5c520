import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listWebhooksOptions } from "./list-webhooks";

/** DELETE /webhooks/{id}: removes a webhook with its log. */
export function useDeleteWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/crm/webhooks/{id}", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listWebhooksOptions.queryKey }),
  });
}
