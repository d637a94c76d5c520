import type { NetworkFilter } from "./network-model";

/** The question that the graph answers, as it stands in the address. */
export interface NetworkViewQuestion {
  center: string;
  depth: number;
  limit: number;
  minStrength: number;
  pathTo: string;
  filter: NetworkFilter;
}

export const LIMITS = [150, 500, 1500, 5000] as const;
const DEFAULT_LIMIT = 500;
const DEFAULT_DEPTH = 2;

/** Read the graph's question from the address; an unknown value takes its default. */
export function readNetworkQuestion(params: URLSearchParams, selfId: string): NetworkViewQuestion {
  const limit = Number(params.get("limit"));
  const depth = Number(params.get("depth"));
  const min = Number(params.get("min"));
  return {
    center: params.get("center") ?? selfId,
    depth: depth >= 1 && depth <= 4 ? depth : DEFAULT_DEPTH,
    limit: LIMITS.find((known) => known === limit) ?? DEFAULT_LIMIT,
    minStrength: 0,
    pathTo: params.get("path") ?? "",
    filter: {
      tag: params.get("tag") ?? "",
      company: params.get("company") ?? "",
      minStrength: min > 0 && min <= 1 ? min : 0,
      only: null,
    },
  };
}
