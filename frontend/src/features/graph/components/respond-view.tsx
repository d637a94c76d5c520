import {
  Box,
  Button,
  Flex,
  FormControl,
  FormLabel,
  Heading,
  Input,
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
import type { IntroductionAnswer, IntroductionQuestion } from "@/types/api";

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
            <Closed />
          ) : (
            query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.data && <Question token={token} question={query.data} />}
        </Box>
      </Box>
    </Flex>
  );
}

type Decision = IntroductionAnswer["decision"];

const ANSWERS: Record<Decision, string> = {
  accept: "Yes",
  not_now: "Not now",
  decline: "Rather not",
  never: "Never ask me again",
};
const ALL: readonly Decision[] = ["accept", "not_now", "decline"];

function Question({ token, question }: { token: string; question: IntroductionQuestion }) {
  const [note, setNote] = useState("");
  const [email, setEmail] = useState("");
  const respond = useRespondToIntroduction(token);
  if (question.state !== "open") return <Closed />;
  if (respond.data) {
    return (
      <>
        <Heading as="h1" size="md" role="status">
          Thank you
        </Heading>
        <Text mt={2} color="text.muted">
          {respond.data.detail}
        </Text>
      </>
    );
  }
  const requester = question.requester?.name ?? "Somebody";
  const next = question.next?.name ?? question.target?.name ?? "them";
  const forConnector = question.role === "connector";
  const decide = (decision: Decision) =>
    respond.mutate({
      decision,
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(email.trim() ? { email: email.trim() } : {}),
    });

  return (
    <>
      <Heading as="h1" size="lg">
        {forConnector
          ? `Would you introduce ${requester} to ${next}?`
          : `${requester} would like to meet you`}
      </Heading>
      {question.target && question.target.name !== next && (
        <Text mt={2} color="text.muted">
          In the end it is about {question.target.name}
          {question.target.company && `, ${question.target.company}`}.
        </Text>
      )}
      <Text mt={4} p={4} bg="bg.sunken" borderRadius="lg" whiteSpace="pre-wrap">
        {question.message}
      </Text>
      {question.note && <Text mt={2}>“{question.note}”</Text>}
      {question.purpose && (
        <Text mt={2} color="text.muted">
          It is about: {question.purpose}
        </Text>
      )}
      {question.needs_email && (
        <FormControl mt={5}>
          <FormLabel>{firstName(next)}’s e-mail address, which you may know</FormLabel>
          <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        </FormControl>
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
        {(question.decisions ?? ALL).map((decision) => (
          <Button
            key={decision}
            variant={decision === "accept" ? "accent" : decision === "never" ? "ghost" : "outline"}
            isDisabled={respond.isPending}
            onClick={() => decide(decision)}
          >
            {decision === "accept" && forConnector ? "Introduce them" : ANSWERS[decision]}
          </Button>
        ))}
      </Flex>
      <Text mt={4} fontSize="sm" color="text.muted">
        {forConnector
          ? `${firstName(next)} is asked next, and ${firstName(requester)} sees nobody’s contact data before they agree.`
          : "Your contact data is shown only if you say yes."}
      </Text>
    </>
  );
}

function Closed() {
  return (
    <>
      <Heading as="h1" size="md">
        This link has done its work
      </Heading>
      <Text mt={2} color="text.muted">
        It was answered already, or its time has passed. There is nothing left to do.
      </Text>
    </>
  );
}
