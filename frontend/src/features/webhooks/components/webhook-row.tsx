import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useState } from "react";
import { useConfirm } from "@/components/confirm-store";
import { ShownOnce } from "@/components/shown-once";
import { useToasts } from "@/components/toast-store";
import { useDeleteWebhook } from "@/features/webhooks/api/delete-webhook";
import { useRotateWebhookSecret } from "@/features/webhooks/api/rotate-webhook-secret";
import { useTestWebhook } from "@/features/webhooks/api/send-message";
import { useSwitchWebhook } from "@/features/webhooks/api/update-webhook";
import { eventsLine } from "@/features/webhooks/events";
import { explain } from "@/lib/api-error";
import { fullTime, plural } from "@/lib/format";
import type { Webhook } from "@/types/api";
import { DeliveryLog } from "./delivery-log";

/** One webhook: its state, what can be done with it, and its log. */
export function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { id, url, active } = webhook;
  const [hasLog, setHasLog] = useState(false);
  const { test, rotate, turnOn, turnOff, remove, isBusy, secret } = useDoings(webhook, () =>
    setHasLog(true),
  );
  return (
    <Box as="section" aria-label={url} py={3} borderBottom="1px solid" borderColor="line.subtle">
      <Text fontWeight="semibold" overflowWrap="anywhere">
        {url}
      </Text>
      <Text fontSize="sm" color="text.muted" overflowWrap="anywhere">
        {eventsLine(webhook.events)}. {stateLine(webhook)}
      </Text>
      <Flex gap={2} mt={2} wrap="wrap">
        <Button size="sm" aria-expanded={hasLog} onClick={() => setHasLog(!hasLog)}>
          Log
        </Button>
        {active && (
          <Button size="sm" isDisabled={isBusy} onClick={test}>
            Send a test
          </Button>
        )}
        <Button size="sm" isDisabled={isBusy} onClick={() => void rotate()}>
          New secret
        </Button>
        <Button size="sm" isDisabled={isBusy} onClick={active ? turnOff : turnOn}>
          {active ? "Turn off" : "Turn on"}
        </Button>
        <Button size="sm" isDisabled={isBusy} onClick={() => void remove()}>
          Remove
        </Button>
      </Flex>
      {secret && (
        <ShownOnce
          secret={secret}
          hint="Until tomorrow messages are signed with the old one, too."
        />
      )}
      {hasLog && <DeliveryLog id={id} active={active} />}
    </Box>
  );
}

/** The actions on a webhook; a refused one shows a toast. */
function useDoings({ id, url }: Webhook, showLog: () => void) {
  const ask = useConfirm((state) => state.ask);
  const show = useToasts((state) => state.show);
  const sendTest = useTestWebhook();
  const makeSecret = useRotateWebhookSecret();
  const turn = useSwitchWebhook();
  const end = useDeleteWebhook();
  const onError = (error: unknown) => show({ tone: "problem", text: explain(error) });
  return {
    isBusy: [sendTest, makeSecret, turn, end].some(({ isPending }) => isPending),
    secret: makeSecret.data?.secret,
    test: () => sendTest.mutate(id, { onSuccess: showLog, onError }),
    turnOn: () => turn.mutate({ id, active: true }, { onError }),
    turnOff: () => turn.mutate({ id, active: false }, { onError }),
    rotate: async () => {
      const yes = await ask({
        title: "Make a new secret?",
        text: "Give it to the receiver within a day: until then messages bear both signatures.",
        confirm: "Make a new secret",
      });
      if (yes) makeSecret.mutate(id, { onError });
    },
    remove: async () => {
      const yes = await ask({
        title: "Remove this webhook?",
        text: `${url} gets no more messages, and the log goes with it.`,
        confirm: "Remove",
      });
      if (yes) end.mutate(id, { onError });
    },
  };
}

function stateLine({ active, off_because, failing_since, waiting }: Webhook): string {
  if (!active)
    return `Off: ${off_because ?? "it was turned off"}. What happens now is not sent later.`;
  if (failing_since) {
    return `Nothing has arrived since ${fullTime(failing_since)}; ${plural(waiting, "message")} will be tried again.`;
  }
  return waiting > 0 ? `On; ${plural(waiting, "message")} to send.` : "On.";
}
