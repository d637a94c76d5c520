import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** Which paths come first: those likeliest to be answered, the warmest, or the shortest. */
export type PathOrder = "likely" | "strongest" | "shortest";

/** The target: a contact, or any contact at a company. */
export type PathTarget = { to: string } | { to_company: string };

export interface PathQuestion {
  target: PathTarget;
  order: PathOrder;
  maxHops: number;
  /** How many paths besides the best. */
  alternatives: number;
  /** Also paths through colleagues who share their ties; to a contact, not into a company. */
  throughTeam?: boolean;
}

/** GET /graph/path: the paths from the user to a contact or into a company, the best first. */
export function findPathOptions(question: PathQuestion) {
  const { target, order, maxHops, alternatives, throughTeam = false } = question;
  const whom = "to" in target ? target.to : target.to_company;
  return queryOptions({
    queryKey: ["graph", "path", whom, order, maxHops, alternatives, throughTeam] as const,
    queryFn: async ({ signal }) => {
      const team = throughTeam ? { through_team: true } : {};
      const query = { ...target, order, max_hops: maxHops, alternatives, ...team };
      const { paths } = await answer(api.GET("/api/crm/graph/path", { params: { query }, signal }));
      return paths;
    },
    enabled: whom !== "",
    // Another order or length of the same question keeps the present paths on the screen until the
    // answer arrives.
    placeholderData: (previous, query) => (query?.queryKey[2] === whom ? previous : undefined),
  });
}
