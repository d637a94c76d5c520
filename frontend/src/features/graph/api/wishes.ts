import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { WishCreate } from "@/types/api";
import { graphKey } from "./put-relationship";

const wishesKey = [...graphKey, "wishes"] as const;

/** GET /graph/wishes: the people and companies to reach, newest first. */
export function listWishesOptions() {
  return queryOptions({
    queryKey: wishesKey,
    queryFn: async ({ signal }) => {
      const { items } = await answer(api.GET("/api/crm/graph/wishes", { signal }));
      return items;
    },
  });
}

/** POST /graph/wishes */
export function useAddWish() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: WishCreate) => answer(api.POST("/api/crm/graph/wishes", { body: wish })),
    onSuccess: () => client.invalidateQueries({ queryKey: wishesKey }),
  });
}

/** DELETE /graph/wishes/{id} */
export function useDeleteWish() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/crm/graph/wishes/{id}", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: wishesKey }),
  });
}
