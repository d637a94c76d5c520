import { Box, Button, Flex, Heading, Link, Text } from "@chakra-ui/react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link as RouterLink } from "react-router-dom";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { getCreditsOptions } from "@/features/enrichment/api/get-credits";
import { listLedgerOptions } from "@/features/enrichment/api/list-ledger";
import { formatCount, fullTime, timeAgo } from "@/lib/format";
import type { LedgerEntry } from "@/types/api";

const KINDS: Record<LedgerEntry["kind"], string> = {
  grant: "Granted",
  charge: "Looked up",
  release: "Refunded",
};

/** The balance, and the entries whose sum it is. */
export function CreditsView() {
  const credits = useQuery(getCreditsOptions);
  const ledger = useInfiniteQuery(listLedgerOptions);
  const entries = ledger.data?.pages.flatMap((page) => page.items) ?? [];
  const error = credits.error ?? ledger.error;

  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="52rem">
      <Heading as="h1" size="lg">
        Credits
      </Heading>
      {error && (
        <Box mt={4}>
          <ErrorNote error={error} onRetry={() => void ledger.refetch()} />
        </Box>
      )}
      <Flex mt={5} align="baseline" gap={3}>
        <Text
          fontSize="4xl"
          fontWeight={650}
          color="text.strong"
          lineHeight={1}
          sx={{ fontVariantNumeric: "tabular-nums" }}
        >
          {credits.data ? formatCount(credits.data.balance) : "–"}
        </Text>
        <Text color="text.muted">left. You pay only for what is found.</Text>
      </Flex>
      <Box
        mt={7}
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        overflow="hidden"
      >
        {ledger.isPending && <Skeleton m={4} h="60px" />}
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
        {ledger.data && entries.length === 0 && (
          <Text p={5} color="text.muted">
            No credits were granted or spent yet.
          </Text>
        )}
      </Box>
      {ledger.hasNextPage && (
        <Button
          mt={4}
          isDisabled={ledger.isFetchingNextPage}
          onClick={() => void ledger.fetchNextPage()}
        >
          Older entries
        </Button>
      )}
    </Box>
  );
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const gain = entry.credits > 0;
  return (
    <Flex
      px={4}
      py={2.5}
      gap={3}
      align="center"
      borderBottom="1px solid"
      borderColor="line.subtle"
      _last={{ borderBottom: "none" }}
      sx={{ fontVariantNumeric: "tabular-nums" }}
    >
      <Text flex={1} color="text.strong">
        {KINDS[entry.kind]}
        {entry.provider && ` by ${entry.provider}`}
        {entry.contact_id && (
          <>
            {", "}
            <Link as={RouterLink} to={`?person=${entry.contact_id}`}>
              see the contact
            </Link>
          </>
        )}
      </Text>
      <Text fontSize="sm" color="text.muted" title={fullTime(entry.at)}>
        {timeAgo(entry.at)}
      </Text>
      <Text
        w="4em"
        textAlign="right"
        fontWeight={600}
        color={gain ? "success.text" : "text.strong"}
      >
        {gain ? "+" : "−"}
        {formatCount(Math.abs(entry.credits))}
      </Text>
    </Flex>
  );
}
