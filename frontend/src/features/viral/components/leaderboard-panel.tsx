import { Box, Flex, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { Segmented } from "@/components/segmented";
import { Skeleton } from "@/components/skeleton";
import { getLeaderboardOptions, type Period } from "@/features/viral/api/get-leaderboard";
import { plural } from "@/lib/format";
import type { Leaderboard } from "@/types/api";

type Row = Leaderboard["items"][number] | Leaderboard["own"];

/** The users with the most completed introductions; the user's row is always shown. */
export function LeaderboardPanel() {
  const [period, setPeriod] = useState<Period>("30d");
  const { data } = useQuery(getLeaderboardOptions(period));
  const own = data?.own;
  const isListed = data?.items.some((row) => row.is_me);
  return (
    <Box>
      <Flex mb={3}>
        <Segmented
          label="Period"
          value={period}
          options={[
            { value: "7d", label: "Week" },
            { value: "30d", label: "Month" },
            { value: "all", label: "All time" },
          ]}
          onChange={setPeriod}
        />
      </Flex>
      {!data && <Skeleton h="120px" />}
      {data?.items.length === 0 && (
        <Text color="text.muted">
          Nobody who shows their name has completed an introduction yet.
        </Text>
      )}
      <Box as="ol" listStyleType="none">
        {data?.items.map((row) => (
          <LeaderboardRow key={`${row.rank}-${row.name}`} row={row} />
        ))}
        {own && !isListed && <LeaderboardRow row={own} apart />}
        {own && !own.shown && (
          <Text mt={2} fontSize="sm" color="text.muted">
            Only you see your line. Under Settings you can show your name to others.
          </Text>
        )}
      </Box>
    </Box>
  );
}

function LeaderboardRow({ row, apart = false }: { row: Row; apart?: boolean }) {
  return (
    <Flex
      as="li"
      align="center"
      gap={3}
      px={2}
      py={1.5}
      mt={apart ? 2 : 0}
      borderTop={apart ? "1px dashed" : undefined}
      borderColor="line.strong"
      borderRadius={apart ? 0 : "md"}
      bg={row.is_me ? "accent.subtle" : undefined}
      sx={{ fontVariantNumeric: "tabular-nums" }}
    >
      <Text w="2em" textAlign="right" color="text.muted">
        {row.rank}
      </Text>
      <Avatar name={row.name} size={26} self={row.is_me} />
      <Text flex={1} color="text.strong" fontWeight={row.is_me ? 650 : 500} noOfLines={1}>
        {row.is_me ? "You" : row.name}
      </Text>
      <Text fontSize="sm" color="text.muted">
        {plural(row.introductions, "introduction")}, {plural(row.invitations, "joiner")}
      </Text>
    </Flex>
  );
}
