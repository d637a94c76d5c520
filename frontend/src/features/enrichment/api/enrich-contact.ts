import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { eachWithLimit } from "@/lib/each-with-limit";

/** POST /contacts/{id}/enrich, for one or several; the facts come later, by themselves. */
export function useEnrichContacts() {
  return useMutation({
    mutationFn: (ids: readonly string[]) =>
      eachWithLimit(ids, (id) =>
        answer(
          api.POST("/api/crm/contacts/{id}/enrich", {
            params: { path: { id } },
            body: { priority: ids.length === 1 ? "high" : "normal" },
          }),
        ),
      ),
  });
}
