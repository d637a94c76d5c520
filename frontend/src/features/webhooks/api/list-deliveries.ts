import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const PAGE = 20;
/** A message that waits is looked at again until something came of it. */
const LOOK_AGAIN_MS = 2_000;
const WATCHED_MS = 60_000;

/** GET /webhooks/{id}/deliveries: what a webhook was sent, newest first, in pages. */
export const listDeliveriesOptions = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["webhooks", id, "deliveries"] as const,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET("/api/crm/webhooks/{id}/deliveries", {
          params: { path: { id }, query: { limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isDueSoon)) ? LOOK_AGAIN_MS : false,
  });

function isDueSoon({ next_at }: { next_at: string | null }): boolean {
  return next_at !== null && Date.parse(next_at) - Date.now() < WATCHED_MS;
}
