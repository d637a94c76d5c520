import {
  Box,
  Button,
  Flex,
  FormControl,
  FormLabel,
  Heading,
  Input,
  Switch,
} from "@chakra-ui/react";
import { useState, type SyntheticEvent } from "react";
import { CheckRow } from "@/components/check-row";
import { ErrorNote } from "@/components/error-note";
import { ShownOnce } from "@/components/shown-once";
import { useCreateWebhook } from "@/features/webhooks/api/create-webhook";
import { EVENTS, type WebhookEvent } from "@/features/webhooks/events";

/** The form for a webhook, and its secret, which is shown once. */
export function NewWebhook() {
  const [url, setUrl] = useState("");
  const [chosen, setChosen] = useState<WebhookEvent[]>(["*"]);
  const create = useCreateWebhook();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate({ url: url.trim(), events: chosen }, { onSuccess: () => setUrl("") });
  };
  return (
    <Box as="form" mt={4} onSubmit={submit}>
      <FormControl>
        <FormLabel>Address that receives the messages</FormLabel>
        <Input
          type="url"
          value={url}
          maxLength={2000}
          placeholder="https://example.com/hooks/warmpath"
          onChange={(event) => setUrl(event.target.value)}
        />
      </FormControl>
      <Switch
        mt={3}
        isChecked={chosen.includes("*")}
        onChange={(event) => setChosen(event.target.checked ? ["*"] : [])}
      >
        All events, those to come included
      </Switch>
      {!chosen.includes("*") && <EventRows chosen={chosen} onChange={setChosen} />}
      <Box>
        <Button
          type="submit"
          mt={3}
          isDisabled={!url.trim() || chosen.length === 0 || create.isPending}
        >
          Add a webhook
        </Button>
      </Box>
      {create.error && (
        <Box mt={3}>
          <ErrorNote error={create.error} />
        </Box>
      )}
      {create.data && (
        <ShownOnce secret={create.data.secret} hint="The receiver verifies messages with it." />
      )}
    </Box>
  );
}

interface EventRowsProps {
  chosen: readonly WebhookEvent[];
  onChange: (chosen: WebhookEvent[]) => void;
}

function EventRows({ chosen, onChange }: EventRowsProps) {
  const flip = (type: WebhookEvent) =>
    onChange(chosen.includes(type) ? chosen.filter((each) => each !== type) : [...chosen, type]);
  return (
    <Flex wrap="wrap" columnGap={8} rowGap={3} mt={3}>
      {EVENTS.map(({ group, events }) => (
        <Box key={group} role="group" aria-label={group} ml={-2}>
          <Heading as="h3" size="xs" ml={2} mb={1}>
            {group}
          </Heading>
          {events.map(({ type, label }) => (
            <CheckRow key={type} checked={chosen.includes(type)} onChange={() => flip(type)}>
              {label}
            </CheckRow>
          ))}
        </Box>
      ))}
    </Flex>
  );
}
