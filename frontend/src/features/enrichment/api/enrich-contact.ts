import { useMutation } from "@tanstack/react-query";
import { runBulk } from "@/components/run-bulk";
import { answer, api } from "@/lib/api-client";

/** POST /contacts/{id}/enrich, for one contact or several; the facts arrive later. */
export function useEnrichContacts() {
  return useMutation({
    mutationFn: (ids: readonly string[]) =>
      runBulk("Queueing for enrichment", ids, (id) =>
        answer(
          api.POST("/api/crm/contacts/{id}/enrich", {
            params: { path: { id } },
            body: { priority: ids.length === 1 ? "high" : "normal" },
          }),
        ),
      ),
  });
}
