import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { getTiesOptions } from "@/features/graph/api/get-network";
import { getMeOptions } from "@/features/users/api/get-me";
import { useCan } from "@/lib/capabilities";

/**
 * Return a function from a contact to the strength of the user's tie; undefined where the API has
 * no graph.
 */
export function useStrength(): ((id: string) => number | undefined) | undefined {
  const can = useCan("GET /graph/network/{id}");
  const { data: me } = useQuery(getMeOptions);
  const { data: ties } = useQuery(getTiesOptions(can ? me?.self_contact_id : undefined));
  const strengthOf = useCallback((id: string) => ties?.get(id), [ties]);
  return can ? strengthOf : undefined;
}
