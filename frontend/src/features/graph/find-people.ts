import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** A person as a search finds one; the search itself belongs to the contacts. */
export interface FoundPerson {
  id: string;
  name: string | null;
  email: string | null;
  company: string | null;
  title: string | null;
  is_self: boolean;
}

/** Finds people as one types. */
export type FindPeople = (q: string, signal: AbortSignal) => Promise<FoundPerson[]>;

/** A search as a query; the last answer stays until the next is there. */
export function findPeopleOptions(find: FindPeople, q: string) {
  const text = q.trim();
  return queryOptions({
    queryKey: ["graph-find", text] as const,
    queryFn: ({ signal }) => find(text, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
