import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

export type PathMode = "strongest" | "shortest";

export interface PathQuestion {
  to: string;
  mode: PathMode;
  maxHops: number;
  /** How many ways besides the best. */
  alternatives: number;
}

/** GET /graph/path: the ways from the user to a contact, best first. */
export function findPathOptions({ to, mode, maxHops, alternatives }: PathQuestion) {
  return queryOptions({
    queryKey: ["graph", "path", to, mode, maxHops, alternatives] as const,
    queryFn: async ({ signal }) => {
      const query = { to, mode, max_hops: maxHops, alternatives };
      const { paths } = await answer(api.GET("/api/crm/graph/path", { params: { query }, signal }));
      return paths;
    },
    enabled: to !== "",
    // Another mode or length of the same question keeps the ways in sight while it is asked.
    placeholderData: (previous, query) =>
      query?.queryKey[2] === to ? keepPreviousData(previous) : undefined,
  });
}
