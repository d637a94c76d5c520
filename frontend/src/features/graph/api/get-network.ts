import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

export interface NetworkQuestion {
  center: string;
  depth: number;
  limit: number;
  minStrength: number;
}

/** The most contacts in one answer of the API. */
export const MOST_PEOPLE = 5000;

/** GET /graph/network/{id}: the contacts around a contact, and every tie among them. */
export function getNetworkOptions({ center, depth, limit, minStrength }: NetworkQuestion) {
  return queryOptions({
    queryKey: ["graph", "network", center, depth, limit, minStrength] as const,
    queryFn: ({ signal }) => {
      const query = { depth, limit, min_strength: minStrength };
      const params = { path: { id: center }, query };
      return answer(api.GET("/api/crm/graph/network/{id}", { params, signal }));
    },
    enabled: center !== "",
    placeholderData: keepPreviousData,
  });
}

/** The direct ties of a contact, as contact -> strength. */
export function getTiesOptions(contactId: string | undefined) {
  return queryOptions({
    ...getNetworkOptions({
      center: contactId ?? "",
      depth: 1,
      limit: MOST_PEOPLE,
      minStrength: 0,
    }),
    select: (network): ReadonlyMap<string, number> =>
      new Map(network.nodes.filter((n) => n.hops === 1).map((node) => [node.id, node.strength])),
    staleTime: 60_000,
  });
}
