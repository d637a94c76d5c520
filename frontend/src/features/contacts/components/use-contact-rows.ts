import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import {
  PAGE_SIZE,
  fieldsOf,
  listContactsOptions,
  type ContactListItem,
} from "@/features/contacts/api/list-contacts";
import { searchContactsOptions } from "@/features/contacts/api/search-contacts";
import type { ContactFilter } from "@/features/contacts/contact-filter";
import { useContactList } from "@/features/contacts/stores/contact-list-store";

/** How many rows beyond the last visible one are loaded ahead. */
const AHEAD = 3 * PAGE_SIZE;
const MOST_HITS = 100;

/** The rows of the table, whether listed or searched for. */
export interface ContactRows {
  /** The number of all rows; those not loaded yet are shown as skeletons. */
  count: number;
  /** The number of loaded rows. */
  loaded: number;
  rowAt: (index: number) => ContactListItem | undefined;
  /** Announce that the rows up to this one are about to be visible. */
  need: (index: number) => void;
  isPending: boolean;
  /** The rows belong to the previous query; the new answer has not arrived. */
  isStale: boolean;
  error: unknown;
  retry: () => void;
}

export function useContactRows(filter: ContactFilter): ContactRows {
  const searching = filter.q.trim() !== "";
  const listed = useListedRows(filter, !searching);
  const found = useFoundRows(filter);
  return searching ? found : listed;
}

function useListedRows(filter: ContactFilter, on: boolean): ContactRows {
  const { sort, tags, company, hasEmail, more } = filter;
  const fields = useContactList((state) => fieldsOf(state.columns));
  const query = useInfiniteQuery({
    ...listContactsOptions({ sort, tags, company, hasEmail, more }, fields),
    enabled: on,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage, refetch } = query;
  const [needed, setNeeded] = useState(0);

  // Pages stop being of equal length when rows are deleted, so each one's first row is kept.
  const { starts, loaded } = useMemo(() => {
    const firsts: number[] = [];
    let next = 0;
    for (const page of data?.pages ?? []) {
      firsts.push(next);
      next += page.items.length;
    }
    return { starts: firsts, loaded: next };
  }, [data]);

  useEffect(() => {
    if (on && hasNextPage && !isFetching && !isError && needed + AHEAD > loaded) {
      void fetchNextPage();
    }
  }, [on, hasNextPage, isFetching, isError, needed, loaded, fetchNextPage]);

  const rowAt = useCallback(
    (index: number) => {
      const page = lastAtOrBefore(starts, index);
      return data?.pages[page]?.items[index - (starts[page] ?? 0)];
    },
    [data, starts],
  );

  const total = data?.pages[0]?.total;
  return {
    count: hasNextPage ? Math.max(total ?? 0, loaded) : loaded,
    loaded,
    rowAt,
    need: setNeeded,
    isPending: query.isPending,
    isStale: false,
    error: query.error,
    retry: () => void (data ? fetchNextPage() : refetch()),
  };
}

function useFoundRows(filter: ContactFilter): ContactRows {
  const { q, tags, company, hasEmail, more } = filter;
  const query = useQuery(searchContactsOptions(q, MOST_HITS, { tags, company, hasEmail, more }));
  const items = useMemo(() => query.data?.items ?? [], [query.data]);
  return {
    count: items.length,
    loaded: items.length,
    rowAt: useCallback((index: number) => items[index], [items]),
    need: doNothing,
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** All hits arrive at once. */
function doNothing() {}

/**
 * Return the index of the last number that is not above the value, by binary search; 0 when there
 * is none.
 */
export function lastAtOrBefore(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
