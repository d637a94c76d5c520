import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { getTiesOptions } from "@/features/graph/api/get-network";
import { getMeOptions } from "@/features/users/api/get-me";
import { useCan } from "@/lib/capabilities";

/** Returns how warm the user's own tie to a contact is; undefined where there is none. */
export function useWarmth(): (id: string) => number | undefined {
  const can = useCan("GET /graph/network/{id}");
  const { data: me } = useQuery(getMeOptions);
  const { data: ties } = useQuery(getTiesOptions(can ? me?.self_contact_id : undefined));
  return useCallback((id: string) => ties?.get(id), [ties]);
}
