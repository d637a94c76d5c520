import {
  Box,
  Button,
  Flex,
  FormControl,
  FormHelperText,
  FormLabel,
  Input,
  Text,
  Textarea,
} from "@chakra-ui/react";
import { useState, type SyntheticEvent } from "react";
import { Dialog } from "@/components/dialog";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import { useIntroduce } from "@/features/graph/api/introduce";
import { draftMessage, previewMail } from "@/features/graph/introduction-mail";
import { displayName, firstName } from "@/lib/format";
import type { Path } from "@/types/api";

interface IntroduceDialogProps {
  path: Path;
  userName: string;
  onClose: () => void;
}

/** Longer is not read; the ask has to fit a phone's screen. */
const MOST_WORDS = 120;

/** Asks for an introduction along a way, with the mail seen before it goes. */
export function IntroduceDialog({ path, userName, onClose }: IntroduceDialogProps) {
  const [message, setMessage] = useState(() => draftMessage(path));
  const [purpose, setPurpose] = useState("");
  const introduce = useIntroduce();
  const show = useToasts((state) => state.show);
  const target = path.contacts.at(-1);
  const connector = displayName(path.contacts[1] ?? {});
  const words = message.trim().split(/\s+/).filter(Boolean).length;
  if (!target) return null;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    introduce.mutate(
      {
        target_id: target.id,
        path: path.contacts.map(({ id }) => id),
        message: message.trim(),
        ...(purpose.trim() ? { purpose: purpose.trim() } : {}),
      },
      {
        onSuccess: () => {
          show({ tone: "done", text: `${firstName(connector)} was asked; you hear by mail` });
          onClose();
        },
      },
    );
  };

  return (
    <Dialog
      title={`Ask ${firstName(connector)} to introduce you to ${firstName(displayName(target))}`}
      size="xl"
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
        <Box flex={1}>
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
          <FormControl mt={4}>
            <FormLabel>What it is for (optional)</FormLabel>
            <Input
              placeholder="Hiring, advice, partnership"
              value={purpose}
              onChange={(event) => setPurpose(event.target.value)}
            />
          </FormControl>
        </Box>
        <MailPreview path={path} message={message} userName={userName} />
      </Flex>
      {introduce.error && (
        <Box mt={4}>
          <ErrorNote error={introduce.error} />
        </Box>
      )}
    </Dialog>
  );
}

function MailPreview(props: { path: Path; message: string; userName: string }) {
  const mail = previewMail(props.path, props.message, props.userName);
  return (
    <Box
      flex={1}
      as="section"
      aria-label="The mail"
      bg="bg.sunken"
      border="1px solid"
      borderColor="line.subtle"
      borderRadius="lg"
      p={4}
      alignSelf="flex-start"
    >
      <Text fontSize="sm" color="text.muted">
        To {displayName(props.path.contacts[1] ?? {})}
      </Text>
      <Text fontWeight={650} color="text.strong" mb={3}>
        {mail.subject}
      </Text>
      {mail.text.map((paragraph) => (
        <Text key={paragraph} mb={2.5} whiteSpace="pre-wrap">
          {paragraph}
        </Text>
      ))}
    </Box>
  );
}
