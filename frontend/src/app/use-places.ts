import { useQuery } from "@tanstack/react-query";
import { capabilitiesOptions } from "@/lib/capabilities";
import type { Place } from "./navigation";

/** Return a test for views: only those whose operation the API has are offered. */
export function usePlaceTest(): (place: Place) => boolean {
  const { data } = useQuery(capabilitiesOptions);
  return (place) => data?.includes(place.needs.replaceAll(/\{[^}]+\}/g, "{}")) ?? false;
}
