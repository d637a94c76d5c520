import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { listDeliveriesOptions } from "@/features/webhooks/api/list-deliveries";
import { useRedeliver } from "@/features/webhooks/api/send-message";
import { explain } from "@/lib/api-error";
import { fullTime, plural } from "@/lib/format";
import type { WebhookDelivery } from "@/types/api";

interface DeliveryLogProps {
  id: string;
  /** Whether the webhook is on; else nothing is sent again. */
  active: boolean;
}

/** The messages to a webhook of the last 30 days, newest first. */
export function DeliveryLog({ id, active }: DeliveryLogProps) {
  const query = useInfiniteQuery(listDeliveriesOptions(id));
  const again = useRedeliver();
  const show = useToasts((state) => state.show);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const send = (message: string) =>
    again.mutate(message, {
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  return (
    <Box mt={3} fontSize="sm">
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton h="40px" />}
      {query.data && items.length === 0 && <Text>Nothing was sent in the last 30 days.</Text>}
      <Box as="ol" listStyleType="none" aria-label="Log">
        {items.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            canSend={active && !again.isPending}
            onSend={() => send(delivery.id)}
          />
        ))}
      </Box>
      {query.hasNextPage && (
        <Button
          mt={2}
          size="sm"
          isDisabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Older messages
        </Button>
      )}
    </Box>
  );
}

interface DeliveryRowProps {
  delivery: WebhookDelivery;
  canSend: boolean;
  onSend: () => void;
}

function DeliveryRow({ delivery, canSend, onSend }: DeliveryRowProps) {
  const { type, happened_at, state, answer, next_at } = delivery;
  return (
    <Flex as="li" gap={3} py={1.5} align="center">
      <Box flex={1} minW={0}>
        <Flex columnGap={3} wrap="wrap">
          <Text fontFamily="mono" color="text.strong">
            {type}
          </Text>
          <Text color="text.muted">{fullTime(happened_at)}</Text>
        </Flex>
        <Text color={state === "failed" ? "danger.text" : "text.muted"} overflowWrap="anywhere">
          {outcome(delivery)}
          {state === "waiting" && next_at && delivery.attempts > 0
            ? ` Next try ${fullTime(next_at)}.`
            : ""}
        </Text>
        {answer && state !== "delivered" && (
          <Text color="text.muted" noOfLines={2} overflowWrap="anywhere">
            It answered: {answer}
          </Text>
        )}
      </Box>
      <Button size="xs" flex="none" isDisabled={!canSend} onClick={onSend}>
        Send again
      </Button>
    </Flex>
  );
}

/** The outcome of a message: "Arrived in 120 ms (204).", "3 attempts: it answered 500". */
function outcome({ state, attempts, status, error, took_ms }: WebhookDelivery): string {
  if (state === "delivered") return `Arrived in ${took_ms ?? 0} ms (${status ?? "2xx"}).`;
  if (state === "waiting" && attempts === 0) return "Being sent.";
  const tries = attempts > 0 ? `${plural(attempts, "attempt")}: ` : "";
  return `${state === "failed" ? "Not delivered. " : ""}${tries}${error ?? `status ${status ?? "unknown"}`}.`;
}
