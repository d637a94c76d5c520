import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { Link as RouterLink } from "react-router-dom";
import { useConfirm } from "@/components/confirm-store";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { forgetContact } from "@/features/history/api/forget-contact";
import { listTrashOptions, trashKey } from "@/features/history/api/list-trash";
import { explain } from "@/lib/api-error";
import { displayName, fullTime, plural, timeAgo } from "@/lib/format";
import type { DeletedContact } from "@/types/api";

interface TrashViewProps {
  /** Bring a contact back; resolves when it is there. */
  onRestore: (id: string) => Promise<void>;
}

/** The deleted contacts, which can come back until the time is over. */
export function TrashView({ onRestore }: TrashViewProps) {
  const query = useInfiniteQuery(listTrashOptions);
  const contacts = query.data?.pages.flatMap((page) => page.items) ?? [];
  const days = query.data?.pages[0]?.kept_days;
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="52rem">
      <Flex align="center" justify="space-between" gap={3}>
        <Heading as="h1" size="lg">
          Trash
        </Heading>
        <Button as={RouterLink} to="/activity" size="sm">
          Activity
        </Button>
      </Flex>
      {days !== undefined && (
        <Text mt={2} color="text.muted">
          Deleted contacts can be restored for {plural(days, "day")}, with their ties, interactions
          and notes.
        </Text>
      )}
      {query.error && (
        <Box mt={4}>
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        </Box>
      )}
      <Box
        as="ul"
        listStyleType="none"
        mt={5}
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        overflow="hidden"
      >
        {query.isPending && <Skeleton m={4} h="60px" />}
        {contacts.map((contact) => (
          <TrashRow key={contact.id} contact={contact} onRestore={onRestore} />
        ))}
        {query.data && contacts.length === 0 && (
          <Text as="li" p={5} color="text.muted">
            The trash is empty.
          </Text>
        )}
      </Box>
      {query.hasNextPage && (
        <Button
          mt={4}
          isDisabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Deleted earlier
        </Button>
      )}
    </Box>
  );
}

function TrashRow({ contact, onRestore }: TrashViewProps & { contact: DeletedContact }) {
  const client = useQueryClient();
  const name = displayName(contact);
  const { show } = useToasts.getState();
  const attempt = async (done: string, run: () => Promise<void>) => {
    try {
      await run();
      show({ tone: "done", text: `${name} ${done}` });
    } catch (error) {
      show({ tone: "problem", text: explain(error) });
    } finally {
      await client.invalidateQueries({ queryKey: trashKey });
    }
  };
  const forget = async () => {
    const question = {
      title: `Delete ${name} for good?`,
      text: "Nothing brings the contact back afterwards.",
      confirm: "Delete for good",
    };
    if (await useConfirm.getState().ask(question)) {
      await attempt("deleted for good", () => forgetContact(contact.id));
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
        <Text color="text.strong" noOfLines={1}>
          {name}
        </Text>
        <Text fontSize="sm" color="text.muted" noOfLines={1}>
          {[contact.title, contact.company].filter(Boolean).join(", ") || contact.email}
        </Text>
      </Box>
      <Text fontSize="sm" color="text.muted" title={fullTime(contact.deleted_at)}>
        {timeAgo(contact.deleted_at)}
      </Text>
      <Button
        size="sm"
        leftIcon={<RotateCcw size={14} />}
        aria-label={`Restore ${name}`}
        onClick={() => void attempt("restored", () => onRestore(contact.id))}
      >
        Restore
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Delete ${name} for good`}
        onClick={() => void forget()}
      >
        Delete
      </Button>
    </Flex>
  );
}
