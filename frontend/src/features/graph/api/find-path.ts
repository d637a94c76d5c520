import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

export type PathMode = "strongest" | "shortest";

/** Somebody, or anybody at a company. */
export type PathTarget = { to: string } | { to_company: string };

export interface PathQuestion {
  target: PathTarget;
  mode: PathMode;
  maxHops: number;
  /** How many ways besides the best. */
  alternatives: number;
}

/** GET /graph/path: the ways from the user to a contact or into a company, best first. */
export function findPathOptions({ target, mode, maxHops, alternatives }: PathQuestion) {
  const whom = "to" in target ? target.to : target.to_company;
  return queryOptions({
    queryKey: ["graph", "path", whom, mode, maxHops, alternatives] as const,
    queryFn: async ({ signal }) => {
      const query = { ...target, mode, max_hops: maxHops, alternatives };
      const { paths } = await answer(api.GET("/api/crm/graph/path", { params: { query }, signal }));
      return paths;
    },
    enabled: whom !== "",
    // Another mode or length of the same question keeps the ways in sight while it is asked.
    placeholderData: (previous, query) => (query?.queryKey[2] === whom ? previous : undefined),
  });
}
