import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const PAGE = 200;

/**
 * GET /teams/hidden: the ids of all contacts that the user hides from colleagues, page after page.
 */
export const listHiddenContactsOptions = queryOptions({
  queryKey: ["hidden-contacts"] as const,
  queryFn: async ({ signal }) => {
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor && { cursor }) };
      const page = await answer(api.GET("/api/crm/teams/hidden", { params: { query }, signal }));
      for (const { id } of page.items) ids.add(id);
      cursor = page.next_cursor;
    } while (cursor);
    return ids;
  },
});
