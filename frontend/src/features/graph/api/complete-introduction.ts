import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { introductionsKey } from "./list-introductions";

/** POST /graph/introductions/{id}/complete: the two have talked. */
export function useCompleteIntroduction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/crm/graph/introductions/{id}/complete", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: introductionsKey }),
  });
}
