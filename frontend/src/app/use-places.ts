import { useQuery } from "@tanstack/react-query";
import { capabilitiesOptions } from "@/lib/capabilities";
import type { Place } from "./navigation";

/** Returns a test for places: only what this API can do is offered. */
export function usePlaceTest(): (place: Place) => boolean {
  const { data } = useQuery(capabilitiesOptions);
  return (place) => data?.has(place.needs.replaceAll(/\{[^}]+\}/g, "{}")) ?? false;
}
