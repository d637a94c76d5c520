import { Box, Flex, Heading, SimpleGrid, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { ErrorNote } from "@/components/error-note";
import { Segmented } from "@/components/segmented";
import { Skeleton } from "@/components/skeleton";
import { getViralStatsOptions } from "@/features/viral/api/get-viral-stats";
import { formatCount, percent } from "@/lib/format";
import { useUrlState } from "@/lib/use-url-state";
import type { ViralStats } from "@/types/api";
import { CohortTable } from "./cohort-table";
import { IntroductionFunnel } from "./introduction-funnel";
import { InvitePanel } from "./invite-panel";
import { LeaderboardPanel } from "./leaderboard-panel";
import { Sparkline } from "./sparkline";

const WINDOWS = [
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
  { value: "90d", label: "90 days" },
] as const;

/** How the network grows: invitations, results and the leaderboard. */
export function GrowthView() {
  const [params, changeUrl] = useUrlState();
  const window = WINDOWS.find(({ value }) => value === params.get("window"))?.value ?? "30d";
  const query = useQuery(getViralStatsOptions(window));

  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="78rem">
      <Flex justify="space-between" align="center" wrap="wrap" gap={3} mb={6}>
        <Heading as="h1" size="lg">
          Growth
        </Heading>
        <Segmented
          label="Period"
          value={window}
          options={WINDOWS}
          onChange={(value) => changeUrl({ window: value === "30d" ? null : value })}
        />
      </Flex>
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton h="120px" borderRadius="xl" />}
      {query.data && (
        <>
          <Figures stats={query.data} />
          <SimpleGrid columns={{ base: 1, xl: 2 }} spacing={5} mt={5}>
            {query.data.everyone && (
              <Panel title="Weekly cohorts of everyone">
                <CohortTable cohorts={query.data.cohorts} />
              </Panel>
            )}
            <Panel title="Introductions">
              <IntroductionFunnel funnel={query.data.funnel} />
            </Panel>
            <Panel title="Invite">
              <InvitePanel />
            </Panel>
            <Panel title="Leaderboard">
              <LeaderboardPanel />
            </Panel>
          </SimpleGrid>
        </>
      )}
    </Box>
  );
}

function Panel({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Box
      as="section"
      p={5}
      bg="bg.surface"
      border="1px solid"
      borderColor="line.subtle"
      borderRadius="xl"
      minW={0}
    >
      <Heading as="h2" size="sm" mb={4}>
        {title}
      </Heading>
      {children}
    </Box>
  );
}

/**
 * The number for everyone beside an operator's; shares of invited users are shown 28 days after the
 * invitation.
 */
function besides(everyone: number | null | undefined, words: (figure: number) => string): string {
  return everyone == null ? "28 days after inviting" : `everyone ${words(everyone)}`;
}

function Figures({ stats }: { stats: ViralStats }) {
  const { invitations, daily } = stats;
  const figures = [
    {
      label: "Invitations sent",
      value: formatCount(invitations.sent),
      series: daily.map(({ sent }) => sent),
    },
    {
      label: "Joined and active",
      value: formatCount(invitations.activated),
      series: daily.map(({ activated }) => activated),
    },
    {
      label: "Conversion",
      value: stats.conversion === null ? "–" : percent(stats.conversion),
      note: besides(stats.everyone?.conversion, percent),
      series: [],
    },
    {
      label: "K-factor",
      value: stats.k_factor === null ? "–" : stats.k_factor.toFixed(2),
      note: besides(stats.everyone?.k_factor, (k) => k.toFixed(2)),
      series: [],
    },
  ];
  return (
    <SimpleGrid columns={{ base: 2, lg: 4 }} spacing={{ base: 3, md: 5 }}>
      {figures.map(({ label, value, series, note }) => (
        <Box
          key={label}
          p={{ base: 4, md: 5 }}
          bg="bg.surface"
          border="1px solid"
          borderColor="line.subtle"
          borderRadius="xl"
        >
          <Text color="text.muted">{label}</Text>
          <Text
            fontSize="3xl"
            fontWeight={650}
            color="text.strong"
            lineHeight={1.3}
            sx={{ fontVariantNumeric: "tabular-nums" }}
          >
            {value}
          </Text>
          {series.some((count) => count > 0) ? (
            <Sparkline values={series} label={`${label} by day`} />
          ) : (
            <Text fontSize="sm" color="text.muted" h="32px">
              {note}
            </Text>
          )}
        </Box>
      ))}
    </SimpleGrid>
  );
}
