import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-error";
import { answer, api } from "@/lib/api-client";
import type { Operation } from "@/types/api";

const NOT_THERE = 404;

/** GET /operations/{id}; null where nothing was changed, or where the journal no longer has it. */
export function getOperationOptions(id: string) {
  return queryOptions({
    queryKey: ["history", "operation", id] as const,
    queryFn: async ({ signal }): Promise<Operation | null> => {
      try {
        const call = api.GET("/api/crm/operations/{id}", { params: { path: { id } }, signal });
        return await answer(call);
      } catch (error) {
        if (error instanceof ApiError && error.status === NOT_THERE) return null;
        throw error;
      }
    },
  });
}
