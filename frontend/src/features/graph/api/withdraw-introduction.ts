import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { introductionsKey } from "./list-introductions";

/** POST /graph/introductions/{id}/withdraw */
export function useWithdrawIntroduction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/crm/graph/introductions/{id}/withdraw", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: introductionsKey }),
  });
}
