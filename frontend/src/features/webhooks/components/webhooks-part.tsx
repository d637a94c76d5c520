import { Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { ErrorNote } from "@/components/error-note";
import { Part } from "@/components/part";
import { listWebhooksOptions } from "@/features/webhooks/api/list-webhooks";
import { NewWebhook } from "./new-webhook";
import { WebhookRow } from "./webhook-row";

/** The part of the programs about webhooks: each with its log, and the form for another. */
export function WebhooksPart() {
  const { data, error } = useQuery(listWebhooksOptions);
  return (
    <Part
      title="Webhooks"
      hint="Have what happens here reported to another server at once, signed."
    >
      {error && <ErrorNote error={error} />}
      {data?.items.length === 0 && <Text>None yet.</Text>}
      {data?.items.map((webhook) => (
        <WebhookRow key={webhook.id} webhook={webhook} />
      ))}
      <NewWebhook />
    </Part>
  );
}
