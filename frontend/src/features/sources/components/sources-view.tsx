import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useConfirm } from "@/components/confirm-store";
import { ErrorNote } from "@/components/error-note";
import { Part } from "@/components/part";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { deleteSource, refreshAfterSources, sourcesOptions } from "@/features/sources/api/sources";
import type { Source } from "@/types/api";
import { useReading } from "@/features/sources/use-reading";
import { kindWords, reasonsOf } from "@/features/sources/words";
import { explain } from "@/lib/api-error";
import { formatCount, plural, shortDate } from "@/lib/format";
import { AccountActions } from "./account-actions";
import { AddSource } from "./add-source";
import { ConnectAccount } from "./connect-account";
import { PeopleFoundPart } from "./people-found";

/** The sources of ties: files of mail and calendars, what came of them, and people found in them. */
export function SourcesView({ hasPeople }: { hasPeople: boolean }) {
  const reading = useReading();
  const query = useQuery(sourcesOptions);
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 8 }} maxW="56rem">
      <Heading as="h1" size="lg">
        Sources
      </Heading>
      <Text mt={1} mb={6} color="text.muted" maxW="44rem">
        Mail and calendars show how strong your ties are. Your browser reads the file itself: only
        who wrote or met whom, and when, leaves it. Subjects and texts never do.
      </Text>
      <AddSource reading={reading} />
      {query.data && <ConnectAccount providers={query.data.providers} />}
      {query.error && (
        <Box mt={6}>
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        </Box>
      )}
      {query.isPending && <Skeleton mt={6} h="60px" />}
      {query.data && query.data.items.length > 0 && (
        <>
          {hasPeople && <PeopleFoundPart />}
          <Part
            title="Connected"
            hint="What was read of each source, and what says nothing of a tie."
          >
            <Flex as="ul" direction="column" listStyleType="none" gap={3}>
              {query.data.items.map((source) => (
                <SourceRow key={source.id} source={source} />
              ))}
            </Flex>
          </Part>
        </>
      )}
    </Box>
  );
}

function SourceRow({ source }: { source: Source }) {
  const client = useQueryClient();
  const forget = async () => {
    const question = {
      title: `Forget ${source.name}?`,
      text: "All that was counted from it is deleted, and ties are computed again from what is left. Contacts stay.",
      confirm: "Forget",
    };
    if (!(await useConfirm.getState().ask(question))) return;
    const { show } = useToasts.getState();
    try {
      await deleteSource(source.id);
      show({ tone: "done", text: `${source.name} is forgotten` });
    } catch (error) {
      show({ tone: "problem", text: explain(error) });
    } finally {
      await refreshAfterSources(client);
    }
  };
  const reasons = reasonsOf(source.left_out);
  const period =
    source.first_at && source.last_at
      ? `, ${shortDate(source.first_at)} to ${shortDate(source.last_at)}`
      : "";
  return (
    <Flex
      as="li"
      gap={3}
      wrap={{ base: "wrap", sm: "nowrap" }}
      px={4}
      py={3}
      bg="bg.surface"
      border="1px solid"
      borderColor="line.subtle"
      borderRadius="xl"
    >
      <Box flex={1} minW={{ base: "100%", sm: 0 }}>
        <Text color="text.strong" fontWeight={600} noOfLines={1}>
          {source.name}
        </Text>
        <Text fontSize="sm" color="text.muted">
          {kindWords(source.kind)} · {formatCount(source.read)} read, {formatCount(source.counted)}{" "}
          counted{period}
        </Text>
        {source.account && (
          <Text fontSize="sm" color="text.muted" role="status">
            {source.progress}
          </Text>
        )}
        {source.problem && (
          <Text fontSize="sm" color="danger.text">
            {source.problem}
          </Text>
        )}
        {reasons.length > 0 && (
          <Text fontSize="sm" color="text.muted">
            Left out:{" "}
            {reasons.map(([reason, times]) => `${formatCount(times)} ${reason}`).join(", ")}
          </Text>
        )}
        {source.addresses.length > 0 && (
          <Text fontSize="sm" color="text.muted" noOfLines={1}>
            {plural(source.addresses.length, "address", "addresses")} of yours:{" "}
            {source.addresses.join(", ")}
          </Text>
        )}
      </Box>
      <AccountActions source={source} />
      <Button
        size="sm"
        alignSelf="center"
        aria-label={`Forget ${source.name}`}
        onClick={() => void forget()}
      >
        Forget
      </Button>
    </Flex>
  );
}
