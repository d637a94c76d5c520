import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { useToasts } from "@/components/toast-store";
import { undoAction, useUndo } from "@/components/use-undo";
import { getTiesOptions } from "@/features/graph/api/get-network";
import { usePutRelationship } from "@/features/graph/api/put-relationship";
import { suggestTiesOptions } from "@/features/graph/api/suggest-ties";
import { explain } from "@/lib/api-error";
import { displayName } from "@/lib/format";

/** A contact of whom the user is asked how well they know each other. */
export interface Candidate {
  id: string;
  name: string | null;
  email: string | null;
  company: string | null;
  /** Why a tie is likely. */
  sentence?: string;
}

interface LikelyTiesProps {
  selfId: string;
  /** The contacts added last, to be asked about while the user has few ties. */
  newest: readonly Candidate[];
}

const SHOWN = 5;
const ASKED = 30;
/** With more ties than these, only what the API suggests is asked about. */
const FEW_TIES = 20;
const STRENGTHS = [
  [0.3, "a little"],
  [0.5, "fairly"],
  [0.8, "well"],
] as const;

/** The contacts whom the user probably knows, each confirmed by one click, one after the other. */
export function LikelyTies({ selfId, newest }: LikelyTiesProps) {
  const { data } = useQuery(suggestTiesOptions(ASKED));
  const put = usePutRelationship();
  const undo = useUndo();
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const { data: ties } = useQuery(getTiesOptions(selfId));
  const others = ties && ties.size < FEW_TIES ? newest : [];
  const pass = (id: string) => setPassed((ids) => new Set([...ids, id]));

  const suggested: Candidate[] = (data?.items ?? []).map(({ contact, sentence }) => ({
    ...contact,
    email: null,
    sentence,
  }));
  const ordered = [...suggested, ...others].filter(
    (one, at, all) => all.findIndex(({ id }) => id === one.id) === at,
  );
  const shown = ordered
    .filter(({ id }) => id !== selfId && !ties?.has(id) && !passed.has(id))
    .slice(0, SHOWN);
  if (shown.length === 0) return null;

  const know = (candidate: Candidate, strength: number) => {
    const { show } = useToasts.getState();
    const who = displayName(candidate);
    pass(candidate.id);
    put.mutate(
      { from_contact_id: selfId, to_contact_id: candidate.id, strength, mutual: true },
      {
        onSuccess: ({ operation }) =>
          show({ tone: "done", text: `Tie to ${who} added`, action: undoAction(undo, operation) }),
        onError: (error) =>
          show({ tone: "problem", text: `No tie to ${who} was added. ${explain(error)}` }),
      },
    );
  };

  return (
    <Box as="section" mt={{ base: 10, md: 14 }} maxW="46rem" mx="auto">
      <Heading as="h2" size="sm">
        How well do you know them?
      </Heading>
      <Text mt={1} mb={3} color="text.muted">
        A path begins with a contact you know. One click each; Undo takes it back.
      </Text>
      <Box
        as="ul"
        listStyleType="none"
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        overflow="hidden"
      >
        {shown.map((candidate) => (
          <Flex
            as="li"
            key={candidate.id}
            align="center"
            columnGap={3}
            rowGap={2}
            px={4}
            py={2.5}
            wrap={{ base: "wrap", md: "nowrap" }}
            borderBottom="1px solid"
            borderColor="line.subtle"
            _last={{ borderBottom: "none" }}
          >
            <Avatar name={displayName(candidate)} size={34} />
            <Box flex={1} minW="10rem">
              <Text fontWeight={600} color="text.strong" noOfLines={1}>
                {displayName(candidate)}
              </Text>
              <Text fontSize="sm" color="text.muted" noOfLines={1}>
                {candidate.sentence ?? candidate.company ?? candidate.email}
              </Text>
            </Box>
            <Flex gap={1} role="group" aria-label={`How well you know ${displayName(candidate)}`}>
              {STRENGTHS.map(([strength, words]) => (
                <Button key={words} size="sm" onClick={() => know(candidate, strength)}>
                  {words}
                </Button>
              ))}
              <Button size="sm" variant="ghost" onClick={() => pass(candidate.id)}>
                not at all
              </Button>
            </Flex>
          </Flex>
        ))}
      </Box>
    </Box>
  );
}
