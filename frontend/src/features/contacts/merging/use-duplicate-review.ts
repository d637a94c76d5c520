import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useToasts } from "@/components/toast-store";
import { useUndo } from "@/components/use-undo";
import {
  duplicatesKey,
  listDuplicatesOptions,
  someDuplicatesOptions,
  type Band,
} from "@/features/contacts/api/list-duplicates";
import { dismissDuplicate, mergeContacts } from "@/features/contacts/api/merge-contacts";
import { explain } from "@/lib/api-error";
import { displayName } from "@/lib/format";
import { isOfUser } from "@/lib/query-client";
import type { Duplicate } from "@/types/api";
import { mergeRequest, type SingleField } from "./compared-fields";

/** A pair that the user has decided about. */
interface Decision {
  pair: Duplicate;
  /** The contact that went into the other; null where they are two people. */
  merged: string | null;
  operation: string | null;
  at: number;
  /** The toast that reports it, which goes when the decision is undone. */
  toast: number;
}

/** Pairs that wait before the next page is read. */
const AHEAD = 5;

/**
 * The review of the pairs of one band, one after the other.
 *
 * The list stays as it was read while the user decides, so that a pair never moves under a key; it
 * is read again at its end, because merged contacts may make new pairs.
 */
export function useDuplicateReview(band: Band) {
  const { data: some, dataUpdatedAt: countedAt } = useQuery(someDuplicatesOptions());
  const client = useQueryClient();
  const undo = useUndo();
  const query = useInfiniteQuery(listDuplicatesOptions(band));
  const [decisions, setDecisions] = useState<readonly Decision[]>([]);
  // Pairs whose decision was undone: the server does not list them again.
  const [returned, setReturned] = useState<readonly Duplicate[]>([]);
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const { data, hasNextPage, isFetching, isError, fetchNextPage, refetch } = query;

  const open = useMemo(() => {
    const decided = new Set(decisions.map(({ pair }) => pair.id));
    const merged = new Set(decisions.map((decision) => decision.merged));
    const listed = data?.pages.flatMap((page) => page.items) ?? [];
    const pairs = new Map([...returned, ...listed].map((pair) => [pair.id, pair]));
    return [...pairs.values()].filter(
      ({ id, contacts }) => !decided.has(id) && !contacts.some((contact) => merged.has(contact.id)),
    );
  }, [data, decisions, returned]);
  const waiting = open.filter(({ id }) => !skipped.has(id));

  const readAt = data?.pages[0]?.readAt ?? 0;
  const decidedSince = decisions.filter(({ at }) => at > readAt).length;
  // Pairs that were found in the background since the list was read.
  const hasNew = some !== undefined && some.counts[band] > 0 && countedAt > readAt;

  useEffect(() => {
    if (isFetching || isError) return;
    if (hasNextPage && waiting.length < AHEAD) void fetchNextPage();
    else if (open.length === 0 && (decidedSince > 0 || hasNew)) void refetch();
  }, [
    isFetching,
    isError,
    hasNextPage,
    waiting.length,
    open.length,
    decidedSince,
    hasNew,
    fetchNextPage,
    refetch,
  ]);

  /** Take a decision back, by the operation that it made. */
  const takeBack = async (decision: Decision) => {
    if (decision.operation === null) return;
    useToasts.getState().dismiss(decision.toast);
    const outcome = await undo(decision.operation, {
      words: () => `Undone: ${namesOf(decision.pair)} are two contacts again to decide about`,
    });
    if (outcome === null) return;
    setReturned((pairs) => [decision.pair, ...pairs.filter(({ id }) => id !== decision.pair.id)]);
    setDecisions((all) => all.filter(({ pair }) => pair.id !== decision.pair.id));
  };

  const decide = async (run: () => Promise<Omit<Decision, "at" | "toast">>, words: string) => {
    setBusy(true);
    const { show } = useToasts.getState();
    try {
      const done = await run();
      const undoIt = { label: "Undo", run: () => void takeBack(decision) };
      const action = done.operation === null ? undefined : undoIt;
      const toast = show({ tone: "done", text: words, action });
      const decision: Decision = { ...done, at: Date.now(), toast };
      setDecisions((all) => [...all, decision]);
      client.setQueryData(
        someDuplicatesOptions().queryKey,
        (some) => some && { ...some, counts: { ...some.counts, [band]: some.counts[band] - 1 } },
      );
      // The views that show contacts, ties and paths read them again when they are opened.
      await client.invalidateQueries({
        predicate: (query) => isOfUser(query) && query.queryKey[1] !== duplicatesKey[1],
      });
    } catch (error) {
      show({ tone: "problem", text: `Nothing was decided. ${explain(error)}` });
    } finally {
      setBusy(false);
    }
  };

  const counts = data?.pages[0]?.counts;
  const scan = data?.pages[0]?.scan;
  const last = decisions.at(-1);
  return {
    pair: waiting[0],
    /** Pairs of the band that are not decided about, as far as the server has found them. */
    left: counts && Math.max(open.length, counts[band] - decidedSince),
    counts,
    scan,
    skippedCount: open.length - waiting.length,
    isBusy,
    isPending: query.isPending || (waiting.length === 0 && isFetching),
    error: query.error,
    retry: () => void refetch(),
    merge: (pair: Duplicate, chosen: Partial<Record<SingleField, string>>) =>
      decide(
        async () => {
          const request = mergeRequest(pair.contacts, chosen);
          const { operation_id } = await mergeContacts(request);
          return { pair, merged: request.ids[1] ?? null, operation: operation_id };
        },
        `${namesOf(pair)} are one contact now`,
      ),
    keepApart: (pair: Duplicate) =>
      decide(
        async () => ({ pair, merged: null, operation: await dismissDuplicate(pair.id) }),
        `${namesOf(pair)} stay two contacts`,
      ),
    skip: ({ id }: Duplicate) => setSkipped((ids) => new Set([...ids, id])),
    showSkipped: () => setSkipped(new Set()),
    undoLast: last && (() => takeBack(last)),
  };
}

function namesOf({ contacts }: Duplicate): string {
  const [one, other] = contacts.map(displayName);
  return one === other ? `The two “${one ?? ""}”` : `${one ?? ""} and ${other ?? ""}`;
}
