import { queryOptions } from "@tanstack/react-query";
import { answer, api, send } from "@/lib/api-client";
import type { Import, ImportCreate, ImportStart, ImportSummary } from "@/types/api";

/** How often an import that is being worked on is looked at. */
const LOOK_MS = 700;

export const importsKey = ["imports"] as const;

/** GET /imports/{id}, again and again while it is being worked on. */
export function importOptions(id: string) {
  return queryOptions({
    queryKey: [...importsKey, id] as const,
    queryFn: ({ signal }): Promise<Import> =>
      answer(api.GET("/api/crm/imports/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === "running" ? LOOK_MS : false),
  });
}

/** GET /imports: the latest ones. */
export function pastImportsOptions() {
  return queryOptions({
    queryKey: [...importsKey, "past"] as const,
    queryFn: async ({ signal }): Promise<ImportSummary[]> =>
      (await answer(api.GET("/api/crm/imports", { params: { query: { limit: 10 } }, signal })))
        .items,
  });
}

/** POST /imports: announce a file; the answer says where to send it. */
export function createImport(body: ImportCreate): Promise<Import> {
  return answer(api.POST("/api/crm/imports", { body }));
}

/** POST /imports/{id}/start: merge by the plan with corrections, or only read the file again by them. */
export function startImport(id: string, body: ImportStart): Promise<Import> {
  return answer(api.POST("/api/crm/imports/{id}/start", { params: { path: { id } }, body }));
}

/** DELETE /imports/{id}: stop it; what was merged stays. */
export async function cancelImport(id: string): Promise<void> {
  await answer(api.DELETE("/api/crm/imports/{id}", { params: { path: { id } } }));
}

/** GET /imports/{id}/refused: the refused rows, to mend and send again. */
export async function readRefusedRows(id: string): Promise<Blob> {
  const response = await send(`/api/crm/imports/${id}/refused`, {});
  return response.blob();
}
