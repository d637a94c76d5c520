import {
  Box,
  Button,
  Flex,
  FormControl,
  FormHelperText,
  FormLabel,
  Input,
  Textarea,
} from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Dialog } from "@/components/dialog";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import { useIntroduce } from "@/features/graph/api/introduce";
import { previewIntroductionOptions } from "@/features/graph/api/preview-introduction";
import { draftMessage } from "@/features/graph/introduction-draft";
import { explain } from "@/lib/api-error";
import { displayName, firstName } from "@/lib/format";
import { useMailLink } from "@/lib/mailbox";
import { useDebounced } from "@/lib/use-debounced";
import type { Path } from "@/types/api";
import { LetterPreview } from "./letter-preview";

interface IntroduceDialogProps {
  path: Path;
  onClose: () => void;
}

/** Nobody reads more; the text has to fit a phone's screen. */
const MOST_WORDS = 120;

/** Milliseconds, as the preview waits, so that both share one answer. */
const TYPING_MS = 400;
const NO_ADDRESS = /no e-mail address/;

/** The request for an introduction along a path, with a preview of its letters. */
export function IntroduceDialog({ path, onClose }: IntroduceDialogProps) {
  const [message, setMessage] = useState(() => draftMessage(path));
  const [purpose, setPurpose] = useState("");
  const [email, setEmail] = useState("");
  const introduce = useIntroduce();
  const show = useToasts((state) => state.show);
  const link = useMailLink();
  const target = path.contacts.at(-1);
  const connector = displayName(path.contacts[1] ?? {});
  const words = message.trim().split(/\s+/).filter(Boolean).length;
  const request = {
    target_id: target?.id ?? "",
    path: path.contacts.map(({ id }) => id),
    message: message.trim(),
    ...(purpose.trim() ? { purpose: purpose.trim() } : {}),
    ...(email.trim() ? { connector_email: email.trim() } : {}),
  };
  const settled = useDebounced(request, TYPING_MS);
  const refusal = useQuery(previewIntroductionOptions(settled)).error;
  // The server refuses a path whose first person has no address; the field stays once it is used.
  const needsAddress = email !== "" || (refusal !== null && NO_ADDRESS.test(explain(refusal)));
  if (!target) return null;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    introduce.mutate(request, {
      onSuccess: () => {
        show({
          tone: "done",
          text: `${firstName(connector)} was asked; you get the answer by e-mail`,
          link,
        });
        onClose();
      },
    });
  };

  return (
    <Dialog
      title={`Ask ${firstName(connector)} to introduce you to ${firstName(displayName(target))}`}
      size="2xl"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="accent"
            isDisabled={words === 0 || words > MOST_WORDS || introduce.isPending}
          >
            Send to {firstName(connector)}
          </Button>
        </>
      }
    >
      <Flex gap={6} direction={{ base: "column", md: "row" }}>
        <Box flex={{ md: "0 0 20rem" }}>
          <FormControl isInvalid={words > MOST_WORDS}>
            <FormLabel>Your words</FormLabel>
            <Textarea
              rows={8}
              value={message}
              onChange={(event) => setMessage(event.target.value)}
            />
            <FormHelperText>
              {words} of {MOST_WORDS} words. {firstName(connector)} can pass them on as they are.
            </FormHelperText>
          </FormControl>
          {needsAddress && (
            <FormControl mt={4} isRequired>
              <FormLabel>{firstName(connector)}’s e-mail address</FormLabel>
              <Input
                type="email"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
                placeholder="name@example.com"
              />
              <FormHelperText>
                Your contact has none. It is used for this request alone.
              </FormHelperText>
            </FormControl>
          )}
          <FormControl mt={4}>
            <FormLabel>What it is for (optional)</FormLabel>
            <Input
              placeholder="Hiring, advice, partnership"
              value={purpose}
              onChange={(event) => setPurpose(event.target.value)}
            />
          </FormControl>
        </Box>
        <LetterPreview request={request} hideError={needsAddress && email === ""} />
      </Flex>
      {introduce.error && (
        <Box mt={4}>
          <ErrorNote error={introduce.error} />
        </Box>
      )}
    </Dialog>
  );
}
