import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** A contact as the search finds it; the search belongs to the contacts area. */
export interface FoundPerson {
  id: string;
  name: string | null;
  email: string | null;
  company: string | null;
  title: string | null;
  is_self: boolean;
}

/** Find contacts while the user types. */
export type FindPeople = (q: string, signal: AbortSignal) => Promise<FoundPerson[]>;

/** Options of a search query; the last answer stays until the next one arrives. */
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
