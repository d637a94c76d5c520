import { queryOptions } from "@tanstack/react-query";
import type { BulkFilter } from "@/features/contacts/selection";
import { answer, api } from "@/lib/api-client";
import type { components } from "@/types/api.generated";

export type SavedView = components["schemas"]["View"];

export const viewsKey = ["views"] as const;

/** GET /views: the saved views in their order. */
export function listViewsOptions() {
  return queryOptions({
    queryKey: viewsKey,
    queryFn: async ({ signal }) => (await answer(api.GET("/api/crm/views", { signal }))).items,
  });
}

interface ViewContent {
  filter: BulkFilter;
  sort: string;
  columns: string[];
}

/** POST /views. */
export async function createView(name: string, content: ViewContent): Promise<SavedView> {
  return answer(api.POST("/api/crm/views", { body: { name, ...content } }));
}

/** PATCH /views/{id}: the filter, the order and the columns. */
export async function updateView(id: string, content: ViewContent): Promise<void> {
  await answer(api.PATCH("/api/crm/views/{id}", { params: { path: { id } }, body: content }));
}

/** DELETE /views/{id}; the contacts stay. */
export async function deleteView(id: string): Promise<void> {
  await answer(api.DELETE("/api/crm/views/{id}", { params: { path: { id } } }));
}
