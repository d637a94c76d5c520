import {
  Box,
  Button,
  Flex,
  FormControl,
  FormLabel,
  Heading,
  Text,
  Textarea,
} from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorNote } from "@/components/error-note";
import { Logo } from "@/components/logo";
import { Skeleton } from "@/components/skeleton";
import {
  getIntroductionQuestionOptions,
  useRespondToIntroduction,
} from "@/features/graph/api/respond-to-introduction";
import { ApiError } from "@/lib/api-error";
import { firstName } from "@/lib/format";
import type { IntroductionDecision, IntroductionQuestion } from "@/types/api";

/** What a link in a mail opens, without signing in: the ask, and three honest answers. */
export function RespondView({ token }: { token: string }) {
  const query = useQuery(getIntroductionQuestionOptions(token));
  const spent =
    query.error instanceof ApiError && query.error.status < 500 && query.error.status > 0;
  return (
    <Flex as="main" direction="column" minH="100dvh" align="center" px={5} py={{ base: 8, md: 16 }}>
      <Box w="full" maxW="36rem">
        <Logo />
        <Box
          mt={8}
          p={{ base: 5, md: 8 }}
          bg="bg.surface"
          border="1px solid"
          borderColor="line.subtle"
          borderRadius="2xl"
          boxShadow="lift"
        >
          {query.isPending && <Skeleton h="160px" />}
          {spent ? (
            <>
              <Heading as="h1" size="md">
                This link has done its work
              </Heading>
              <Text mt={2} color="text.muted">
                It was answered already, or its time has passed. There is nothing left to do.
              </Text>
            </>
          ) : (
            query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.data && <Question token={token} question={query.data} />}
        </Box>
      </Box>
    </Flex>
  );
}

const THANKS: Record<IntroductionDecision["decision"], string> = {
  accept: "Thank you. A mail is on its way.",
  decline: "Understood. They are told politely, without reasons.",
  not_now: "Understood. They are told that it is not a good moment.",
};

function Question({ token, question }: { token: string; question: IntroductionQuestion }) {
  const [note, setNote] = useState("");
  const [answered, setAnswered] = useState<IntroductionDecision["decision"] | null>(null);
  const respond = useRespondToIntroduction(token);
  const requester = firstName(question.requester_name);
  const target = firstName(question.target_name);
  const forConnector = question.role === "connector";
  const decide = (decision: IntroductionDecision["decision"]) =>
    respond.mutate(
      { decision, ...(note.trim() ? { note: note.trim() } : {}) },
      { onSuccess: () => setAnswered(decision) },
    );

  if (answered) {
    return (
      <Heading as="h1" size="md" role="status">
        {THANKS[answered]}
      </Heading>
    );
  }
  return (
    <>
      <Heading as="h1" size="lg">
        {forConnector
          ? `Would you introduce ${requester} to ${target}?`
          : `${firstName(question.connector_name)} would like you to meet ${requester}`}
      </Heading>
      <Text mt={4} p={4} bg="bg.sunken" borderRadius="lg" whiteSpace="pre-wrap">
        {question.message}
      </Text>
      {question.purpose && (
        <Text mt={2} color="text.muted">
          It is about: {question.purpose}
        </Text>
      )}
      <FormControl mt={5}>
        <FormLabel>A word with your answer (optional)</FormLabel>
        <Textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
      </FormControl>
      {respond.error && (
        <Box mt={4}>
          <ErrorNote error={respond.error} />
        </Box>
      )}
      <Flex mt={5} gap={2} wrap="wrap">
        <Button variant="accent" isDisabled={respond.isPending} onClick={() => decide("accept")}>
          {forConnector ? "Introduce them" : "Yes, gladly"}
        </Button>
        <Button isDisabled={respond.isPending} onClick={() => decide("not_now")}>
          Not now
        </Button>
        <Button isDisabled={respond.isPending} onClick={() => decide("decline")}>
          Rather not
        </Button>
      </Flex>
      <Text mt={4} fontSize="sm" color="text.muted">
        {forConnector
          ? `${target} is asked next, and ${requester} sees nothing of ${target}'s contact data before ${target} agrees.`
          : "Your contact data is shown only if you say yes."}
      </Text>
    </>
  );
}
