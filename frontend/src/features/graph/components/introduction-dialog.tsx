import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/components/dialog";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { getIntroductionOptions } from "@/features/graph/api/get-introduction";
import { useCompleteIntroduction } from "@/features/graph/api/complete-introduction";
import { useWithdrawIntroduction } from "@/features/graph/api/withdraw-introduction";
import { isOpen, statusWords } from "@/features/graph/introduction-states";
import { explain } from "@/lib/api-error";
import { displayName, fullTime } from "@/lib/format";
import { useMailLink } from "@/lib/mailbox";
import type { Introduction } from "@/types/api";

interface IntroductionDialogProps {
  id: string;
  onClose: () => void;
}

/** One introduction: the contacts that were asked, the dates and the messages. */
export function IntroductionDialog({ id, onClose }: IntroductionDialogProps) {
  const query = useQuery(getIntroductionOptions(id));
  const withdraw = useWithdrawIntroduction();
  const show = useToasts((state) => state.show);
  const link = useMailLink();
  const complete = useCompleteIntroduction();
  const introduction = query.data;
  const mine = introduction?.role === "requester";
  const report = (text: string) => () => {
    show({ tone: "done", text, link });
    onClose();
  };
  const onError = (error: unknown) => void show({ tone: "problem", text: explain(error) });

  const takeBack = () =>
    withdraw.mutate(id, { onSuccess: report("Withdrawn: nobody else is asked"), onError });
  const haveTalked = () =>
    complete.mutate(id, { onSuccess: report("Done: the connector is thanked"), onError });

  return (
    <Dialog
      title={introduction ? displayName(introduction.target) : "Introduction"}
      scrolls
      onClose={onClose}
      footer={
        <>
          {mine && isOpen(introduction.status) && (
            <Button isDisabled={withdraw.isPending} onClick={takeBack}>
              Withdraw
            </Button>
          )}
          {mine && introduction.status === "introduced" && (
            <Button isDisabled={complete.isPending} onClick={haveTalked}>
              We have talked
            </Button>
          )}
          <Button variant="accent" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton h="90px" />}
      {introduction && <Conversation introduction={introduction} />}
    </Dialog>
  );
}

function Conversation({ introduction }: { introduction: Introduction }) {
  const { role, connector, requester, purpose, message, passed_over: passedOver } = introduction;
  const history = introduction.history ?? [];
  const asked = connector ? displayName(connector) : "them";
  return (
    <>
      <Text color="text.muted">
        {role === "requester" ? `You asked ${asked}` : `${requester?.name ?? "Somebody"} asked`}
        {purpose && ` (${purpose})`}:
      </Text>
      <Text mt={2} p={4} bg="bg.sunken" borderRadius="lg" whiteSpace="pre-wrap">
        {message}
      </Text>
      {passedOver && passedOver.length > 0 && (
        <Text mt={3} fontSize="sm" color="text.muted">
          Not asked: {passedOver.map((each) => `${each.name} (${PASSED[each.reason]})`).join(", ")}
        </Text>
      )}
      <Box as="ol" mt={5} listStyleType="none">
        {history.map((step, at) => (
          <Flex as="li" key={`${step.at}-${step.status}`} gap={3}>
            <Flex direction="column" align="center">
              <Box
                boxSize="10px"
                mt="6px"
                borderRadius="full"
                bg={`var(--strength-${Math.min(10, 4 + at * 2)})`}
              />
              {at < history.length - 1 && <Box flex={1} w="2px" bg="line.strong" />}
            </Flex>
            <Box pb={4}>
              <Text fontWeight={550} color="text.strong">
                {statusWords(step.status)}
                {step.name && `: ${step.name}`}
              </Text>
              <Text fontSize="sm" color="text.muted">
                {fullTime(step.at)}
              </Text>
              {step.note && <Text mt={1}>“{step.note}”</Text>}
            </Box>
          </Flex>
        ))}
      </Box>
    </>
  );
}

/** Why the connector of a better path was not asked. */
const PASSED = {
  asked_often: "asked often lately",
  unavailable: "does not want to be asked",
  no_email: "no e-mail known",
} as const;
