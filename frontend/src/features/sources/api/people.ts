import { infiniteQueryOptions } from "@tanstack/react-query";
import { sourcesKey } from "@/features/sources/api/sources";
import type { PeopleFound } from "@/types/api";
import { send } from "@/lib/api-client";

const PATH = "/api/crm/sources/people";
const PAGE_SIZE = 50;

/** GET /sources/people page by page: those who are proposed as contacts, the strongest tie first. */
export const peopleFoundOptions = infiniteQueryOptions({
  queryKey: [...sourcesKey, "people"] as const,
  queryFn: async ({ pageParam, signal }): Promise<PeopleFound> => {
    const query = new URLSearchParams({ state: "proposed", limit: String(PAGE_SIZE) });
    if (pageParam) query.set("cursor", pageParam);
    const response = await send(`${PATH}?${query}`, { signal });
    return (await response.json()) as PeopleFound;
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

/** An answer about people found. */
export type PeopleDecision =
  | { add: string[] }
  | { add_all: true; min_strength: number }
  | { ignore: string[] }
  | { join: [string, string][] };

/** POST /sources/people: add people as contacts, or leave them out. */
export async function decidePeople(decision: PeopleDecision): Promise<void> {
  await send(PATH, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(decision),
  });
}
