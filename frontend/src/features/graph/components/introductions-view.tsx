import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Cable } from "lucide-react";
import { Link as RouterLink } from "react-router-dom";
import { Avatar } from "@/components/avatar";
import { EmptyState } from "@/components/empty-state";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { listIntroductionsOptions } from "@/features/graph/api/list-introductions";
import { BOARD, isOpen, statusWords } from "@/features/graph/introduction-states";
import { displayName, firstName, timeAgo } from "@/lib/format";
import { useUrlState } from "@/lib/use-url-state";
import { strengthVariable } from "@/theme/strength";
import type { Introduction } from "@/types/api";
import { IntroductionDialog } from "./introduction-dialog";

/** The board of introductions, a column for each state. */
export function IntroductionsView() {
  const [params, changeUrl] = useUrlState();
  const query = useQuery(listIntroductionsOptions);
  const open = params.get("introduction");

  return (
    <Flex direction="column" minH="full" px={{ base: 4, sm: 6 }} py={{ base: 5, sm: 6 }}>
      <Heading as="h1" size="lg" mb={5}>
        Introductions
      </Heading>
      {query.error ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Columns render={() => <Skeleton h="104px" borderRadius="lg" />} />
      ) : query.data.length === 0 ? (
        <EmptyState
          icon={Cable}
          title="No introductions yet"
          actions={
            <Button as={RouterLink} to="/" variant="accent">
              Find a contact to reach
            </Button>
          }
        >
          Find a path to a contact and ask the connector on it for an introduction. The answers
          appear here.
        </EmptyState>
      ) : (
        <Columns
          counts={BOARD.map(({ holds }) => countIn(query.data, holds))}
          render={(column) =>
            query.data
              .filter(({ status }) => BOARD[column]?.holds.includes(status))
              .map((introduction) => (
                <Card
                  key={introduction.id}
                  introduction={introduction}
                  onOpen={() => changeUrl({ introduction: introduction.id }, { push: true })}
                />
              ))
          }
        />
      )}
      {open && <IntroductionDialog id={open} onClose={() => changeUrl({ introduction: null })} />}
    </Flex>
  );
}

function countIn(introductions: readonly Introduction[], holds: readonly string[]): number {
  return introductions.filter(({ status }) => holds.includes(status)).length;
}

interface ColumnsProps {
  counts?: readonly number[];
  render: (column: number) => React.ReactNode;
}

function Columns({ counts, render }: ColumnsProps) {
  return (
    <Flex
      gap={4}
      flex={1}
      overflowX={{ md: "auto" }}
      direction={{ base: "column", md: "row" }}
      pb={2}
    >
      {BOARD.map(({ title, hint }, at) => (
        <Box key={title} as="section" flex="1 0 10.5rem" aria-label={title}>
          <Flex align="baseline" gap={2}>
            <Heading as="h2" size="sm">
              {title}
            </Heading>
            <Text color="text.muted" fontSize="sm" sx={{ fontVariantNumeric: "tabular-nums" }}>
              {counts?.[at]}
            </Text>
          </Flex>
          <Text fontSize="sm" color="text.muted" mb={3}>
            {hint}
          </Text>
          <Flex direction="column" gap={2.5}>
            {render(at)}
          </Flex>
        </Box>
      ))}
    </Flex>
  );
}

function Card({ introduction, onOpen }: { introduction: Introduction; onOpen: () => void }) {
  const target = displayName(introduction.target);
  const asked = introduction.role === "requester";
  const other = asked ? introduction.connector?.name : introduction.requester?.name;
  return (
    <Box
      as="button"
      type="button"
      textAlign="left"
      w="full"
      p={3.5}
      bg="bg.surface"
      border="1px solid"
      borderColor="line.subtle"
      borderRadius="lg"
      _hover={{ borderColor: "line.strong", boxShadow: "lift" }}
      _focusVisible={{ boxShadow: "outline", outline: "none" }}
      onClick={onOpen}
    >
      <Flex align="center">
        {other && (
          <>
            <Avatar name={other} size={30} />
            <Box w={5} h="3px" bg={strengthVariable(introduction.strength ?? 0.5)} />
          </>
        )}
        <Avatar name={target} size={30} />
      </Flex>
      <Text mt={2.5} fontWeight={600} color="text.strong">
        {target}
      </Text>
      <Text color="text.muted" fontSize="sm">
        {standing(introduction)}, {timeAgo(introduction.updated_at)}
      </Text>
    </Box>
  );
}

/**
 * The state of an introduction: the contact whose answer it waits for, or the result and the
 * connector.
 */
function standing({ role, status, waiting_for, connector, requester }: Introduction): string {
  if (waiting_for && isOpen(status)) return `waiting for ${firstName(waiting_for)}`;
  const words = statusWords(status).toLowerCase();
  const other = role === "requester" ? connector?.name : requester?.name;
  return other
    ? `${role === "requester" ? "through" : "for"} ${firstName(other)}, ${words}`
    : words;
}
