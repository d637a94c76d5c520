import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /webhooks: the webhooks of the user, without their secrets. */
export const listWebhooksOptions = queryOptions({
  queryKey: ["webhooks"] as const,
  queryFn: ({ signal }) => answer(api.GET("/api/crm/webhooks", { signal })),
});
