import { Box, Flex, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ErrorNote } from "@/components/error-note";
import { Segmented } from "@/components/segmented";
import { Skeleton } from "@/components/skeleton";
import { previewIntroductionOptions } from "@/features/graph/api/preview-introduction";
import { firstName } from "@/lib/format";
import { useDebounced } from "@/lib/use-debounced";
import type { IntroductionLetter, IntroductionRequest } from "@/types/api";

/** Milliseconds: long enough not to ask at every key, short enough for a prompt preview. */
const TYPING_MS = 400;

interface LetterPreviewProps {
  request: IntroductionRequest;
  /** Where the refusal is answered by a field beside the letters. */
  hideError?: boolean;
}

/** The letters that an introduction would send, each as the server words it. */
export function LetterPreview({ request, hideError = false }: LetterPreviewProps) {
  const settled = useDebounced(request, TYPING_MS);
  const { data, error, refetch, isFetching } = useQuery(previewIntroductionOptions(settled));
  const [chosen, setChosen] = useState("0");
  const letters = data ?? [];
  const at = Math.min(Number(chosen), letters.length - 1);
  const letter = letters[at];
  return (
    <Box flex={1} minW={0} as="section" aria-label="The letters" aria-busy={isFetching}>
      {error && !hideError && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!error && !letter && request.message !== "" && (
        <Box role="status" aria-label="Writing the letter">
          {["62%", "100%", "100%", "84%"].map((width, row) => (
            <Skeleton key={row} mt={4} h="14px" w={width} />
          ))}
        </Box>
      )}
      {letter && (
        <>
          <Flex overflowX="auto">
            <Segmented
              label="Whose letter"
              value={String(at)}
              options={letters.map((one, index) => ({
                value: String(index),
                label: readerOf(one),
              }))}
              onChange={setChosen}
            />
          </Flex>
          <Text mt={3} fontSize="sm" color="text.muted">
            {whenItGoes(letters, at)}
          </Text>
          <Text mb={2} fontWeight={650} color="text.strong">
            {letter.subject}
          </Text>
          <Paper letter={letter} />
        </>
      )}
    </Box>
  );
}

/**
 * A letter as its reader sees it; screen readers get its text.
 *
 * It may run no script and follow no link: its links differ from those that will be sent.
 */
function Paper({ letter }: { letter: IntroductionLetter }) {
  const [height, setHeight] = useState(360);
  const fit = (event: SyntheticEvent<HTMLIFrameElement>) => {
    const page = event.currentTarget.contentDocument?.documentElement;
    if (page) setHeight(page.scrollHeight);
  };
  return (
    <>
      <Box
        as="iframe"
        title={`The letter to ${letter.to}`}
        sandbox="allow-same-origin"
        srcDoc={letter.html}
        onLoad={fit}
        aria-hidden
        tabIndex={-1}
        w="full"
        h={`${height}px`}
        pointerEvents="none"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="lg"
      />
      <Box srOnly whiteSpace="pre-wrap">
        {letter.text}
      </Box>
    </>
  );
}

function readerOf({ role, to }: IntroductionLetter): string {
  return role === "both" ? "Both of you" : `To ${firstName(to)}`;
}

/** Return the condition for sending a letter. */
function whenItGoes(letters: readonly IntroductionLetter[], at: number): string {
  const before = letters[at - 1];
  return before
    ? `Goes to ${letters[at]?.to ?? ""} if ${firstName(before.to)} says yes`
    : "Goes out now";
}
