import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listWebhooksOptions } from "./list-webhooks";

/** PATCH /webhooks/{id}: switches a webhook on or off. */
export function useSwitchWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, active }: { id: string; active: boolean }) =>
      answer(api.PATCH("/api/crm/webhooks/{id}", { params: { path: { id } }, body: { active } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listWebhooksOptions.queryKey }),
  });
}
