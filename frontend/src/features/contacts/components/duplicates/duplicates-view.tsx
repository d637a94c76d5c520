import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CheckCheck, UsersRound } from "lucide-react";
import { EmptyState } from "@/components/empty-state";
import { ErrorNote } from "@/components/error-note";
import { Segmented } from "@/components/segmented";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { undoAction, useUndo } from "@/components/use-undo";
import {
  duplicatesKey,
  someDuplicatesOptions,
  type Band,
} from "@/features/contacts/api/list-duplicates";
import { mergeSureDuplicates, scanDuplicates } from "@/features/contacts/api/merge-contacts";
import { useDuplicateReview } from "@/features/contacts/merging/use-duplicate-review";
import { explain } from "@/lib/api-error";
import { formatCount, plural } from "@/lib/format";
import { refreshAll } from "@/lib/query-client";
import { useUrlState } from "@/lib/use-url-state";
import { PairReview } from "./pair-review";

/** The contacts that may be one person: the sure ones merged at once, the others one by one. */
export function DuplicatesView() {
  const [params, changeUrl] = useUrlState();
  const { data: some } = useQuery(someDuplicatesOptions());
  const asked = params.get("band");
  const fallback = some && some.counts.likely === 0 && some.counts.sure > 0 ? "sure" : "likely";
  const band: Band = asked === "sure" || asked === "likely" ? asked : fallback;
  const counts = some?.counts;
  const isUnknown =
    some !== undefined && some.scan.stale && counts?.sure === 0 && counts.likely === 0;

  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="60rem">
      <Flex align="center" justify="space-between" gap={3} wrap="wrap">
        <Heading as="h1" size="lg">
          Duplicates
        </Heading>
        {counts && counts.sure > 0 && <MergeSureButton count={counts.sure} />}
      </Flex>
      <Text mt={2} color="text.muted">
        Contacts that may be one person. Every decision can be undone, here and under Activity.
      </Text>
      <Flex mt={4} gap={3} wrap="wrap" align="center">
        <Segmented
          label="Which pairs"
          value={band}
          options={[
            { value: "likely", label: labelWith("Likely", counts?.likely) },
            { value: "sure", label: labelWith("Sure", counts?.sure) },
          ]}
          onChange={(value) => changeUrl({ band: value })}
        />
        {some?.scan.stale && !isUnknown && <StaleNote />}
      </Flex>
      {isUnknown ? (
        <EmptyState icon={UsersRound} title="Not compared yet" actions={<ScanButton />}>
          Your contacts changed since they were last compared. Thousands of them take some seconds.
        </EmptyState>
      ) : (
        // A review for each band: the decisions about one do not belong to the other.
        <Review key={band} band={band} />
      )}
    </Box>
  );
}

function labelWith(label: string, count: number | undefined): string {
  return count === undefined ? label : `${label} · ${formatCount(count)}`;
}

function Review({ band }: { band: Band }) {
  const review = useDuplicateReview(band);
  const { pair, skippedCount } = review;
  if (review.error) {
    return (
      <Box mt={5}>
        <ErrorNote error={review.error} onRetry={review.retry} />
      </Box>
    );
  }
  if (pair) return <PairReview key={pair.id} pair={pair} review={review} />;
  if (review.isPending) {
    return (
      <Box mt={5} role="status" aria-label="Comparing contacts">
        <Skeleton h="320px" borderRadius="xl" />
      </Box>
    );
  }
  if (skippedCount > 0) {
    return (
      <EmptyState
        icon={UsersRound}
        title={`${plural(skippedCount, "pair")} skipped`}
        actions={<Button onClick={review.showSkipped}>Look at them again</Button>}
      >
        Everything else is decided.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={CheckCheck} title={`No ${band} duplicates`}>
      {band === "sure"
        ? "No two contacts share an e-mail, a phone or a profile under one name."
        : "No two contacts look like one person."}
    </EmptyState>
  );
}

function MergeSureButton({ count }: { count: number }) {
  const client = useQueryClient();
  const undo = useUndo();
  const { show, update, dismiss } = useToasts.getState();
  const merge = useMutation({
    mutationFn: async () => {
      const text = `Merging ${plural(count, "sure pair")}`;
      const toast = show({ tone: "progress", text, stays: true });
      try {
        return await mergeSureDuplicates((done, total) =>
          update(toast, `${text}: ${formatCount(done)} of ${formatCount(total)} done`),
        );
      } finally {
        dismiss(toast);
      }
    },
    onSuccess: ({ operation_id, merged, kept, left }) => {
      const rest = left > 0 ? `; ${plural(left, "pair")} left to look at` : "";
      const words = `${plural(merged, "contact")} merged into ${formatCount(kept)}${rest}`;
      const text = merged === 0 ? `Nothing was merged${rest}` : words;
      const action = merged === 0 ? undefined : undoAction(undo, operation_id);
      show({ tone: "done", text, action });
    },
    onError: (error) =>
      show({ tone: "problem", text: `Not all pairs were merged. ${explain(error)}` }),
    onSettled: () => refreshAll(client),
  });
  return (
    <Button variant="accent" isLoading={merge.isPending} onClick={() => merge.mutate()}>
      Merge {count === 1 ? "the sure one" : `the ${formatCount(count)} sure ones`}
    </Button>
  );
}

/** A large address book is compared when the user asks for it. */
function ScanButton() {
  const client = useQueryClient();
  const scan = useMutation({
    mutationFn: scanDuplicates,
    onError: (error) =>
      useToasts
        .getState()
        .show({ tone: "problem", text: `The contacts were not compared. ${explain(error)}` }),
    onSettled: () => client.resetQueries({ queryKey: duplicatesKey }),
  });
  return (
    <Button size="sm" isLoading={scan.isPending} onClick={() => scan.mutate()}>
      Compare now
    </Button>
  );
}

function StaleNote() {
  return (
    <Flex align="center" gap={2} role="status">
      <Text color="text.muted">Contacts changed since they were compared.</Text>
      <ScanButton />
    </Flex>
  );
}
