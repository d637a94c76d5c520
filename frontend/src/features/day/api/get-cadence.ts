import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { Cadence } from "./day-types";

/** GET /contacts/{id}/cadence. */
export function getCadenceOptions(id: string) {
  return queryOptions({
    queryKey: ["day", "cadence", id] as const,
    queryFn: async ({ signal }) =>
      answer(api.GET("/api/crm/contacts/{id}/cadence", { params: { path: { id } }, signal })),
  });
}

/** PUT /contacts/{id}/cadence: every number of days, 0 for never, null as the circles say. */
export async function setCadence(id: string, everyDays: number | null): Promise<Cadence> {
  const params = { path: { id } };
  const body = { every_days: everyDays };
  return answer(api.PUT("/api/crm/contacts/{id}/cadence", { params, body }));
}
