import { Flex, Link, Text } from "@chakra-ui/react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link as RouterLink } from "react-router-dom";
import { ListPage, ListRow } from "@/components/list-page";
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
  return (
    <ListPage
      title="Credits"
      intro={<Balance />}
      query={useInfiniteQuery(listLedgerOptions)}
      row={(entry) => <Entry key={entry.id} entry={entry} />}
      empty="No credits were granted or spent yet."
      more="Older entries"
    />
  );
}

function Balance() {
  const { data } = useQuery(getCreditsOptions);
  return (
    <Flex mt={5} align="baseline" gap={3}>
      <Text
        fontSize="4xl"
        fontWeight={650}
        color="text.strong"
        lineHeight={1}
        sx={{ fontVariantNumeric: "tabular-nums" }}
      >
        {data ? formatCount(data.balance) : "–"}
      </Text>
      <Text color="text.muted">left. You pay only for what is found.</Text>
    </Flex>
  );
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const gain = entry.credits > 0;
  return (
    <ListRow>
      <Text flex={1} minW={0} color="text.strong">
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
    </ListRow>
  );
}
