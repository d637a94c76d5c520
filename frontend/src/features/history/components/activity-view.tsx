import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { Link as RouterLink } from "react-router-dom";
import { useConfirm } from "@/components/confirm-store";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { listOperationsOptions } from "@/features/history/api/list-operations";
import { undoOperation } from "@/features/history/api/undo-operation";
import { operationCounts, operationTitle, undoSummary } from "@/features/history/words";
import { explain } from "@/lib/api-error";
import { fullTime, timeAgo } from "@/lib/format";
import type { Operation } from "@/types/api";
import { useUndo } from "./use-undo";

/** Everything that was done to the user's data, each with its Undo. */
export function ActivityView() {
  const query = useInfiniteQuery(listOperationsOptions);
  const operations = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="52rem">
      <Flex align="center" justify="space-between" gap={3}>
        <Heading as="h1" size="lg">
          Activity
        </Heading>
        <Button as={RouterLink} to="/trash" size="sm" leftIcon={<Trash2 size={14} />}>
          Trash
        </Button>
      </Flex>
      <Text mt={2} color="text.muted">
        What changed, and what to take back. Undo keeps all that was changed since.
      </Text>
      {query.error && (
        <Box mt={4}>
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        </Box>
      )}
      <Box
        as="ol"
        listStyleType="none"
        mt={5}
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        overflow="hidden"
      >
        {query.isPending && <Skeleton m={4} h="60px" />}
        {operations.map((operation) => (
          <OperationRow key={operation.id} operation={operation} />
        ))}
        {query.data && operations.length === 0 && (
          <Text as="li" p={5} color="text.muted">
            Nothing was changed yet.
          </Text>
        )}
      </Box>
      {query.hasNextPage && (
        <Button
          mt={4}
          isDisabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Older activity
        </Button>
      )}
    </Box>
  );
}

function OperationRow({ operation }: { operation: Operation }) {
  const undo = useUndo();
  const [isBusy, setBusy] = useState(false);
  const title = operationTitle(operation);
  const run = async () => {
    setBusy(true);
    try {
      const outcome = await undoOperation(operation.id, true);
      const question = {
        title: `Undo “${title}”?`,
        text: `${undoSummary(outcome)}.`,
        confirm: "Undo",
      };
      if (await useConfirm.getState().ask(question)) await undo(operation.id);
    } catch (error) {
      useToasts.getState().show({ tone: "problem", text: `Nothing was undone. ${explain(error)}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex
      as="li"
      px={4}
      py={2.5}
      gap={3}
      align="center"
      borderBottom="1px solid"
      borderColor="line.subtle"
      _last={{ borderBottom: "none" }}
    >
      <Box flex={1} minW={0}>
        <Text color="text.strong" noOfLines={1} title={title}>
          {title}
        </Text>
        <Text fontSize="sm" color="text.muted">
          {operation.actor === "system" ? "by itself · " : ""}
          {operationCounts(operation.counts)}
        </Text>
      </Box>
      <Text fontSize="sm" color="text.muted" title={fullTime(operation.at)}>
        {timeAgo(operation.at)}
      </Text>
      {operation.undone_by ? (
        <Text w="5.5em" textAlign="center" fontSize="sm" color="text.muted">
          Undone
        </Text>
      ) : (
        <Button
          w="5.5em"
          size="sm"
          variant="ghost"
          leftIcon={<Undo2 size={14} />}
          isLoading={isBusy}
          aria-label={`Undo: ${title}`}
          onClick={() => void run()}
        >
          Undo
        </Button>
      )}
    </Flex>
  );
}
