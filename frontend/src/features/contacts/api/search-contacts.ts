import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

export const contactSearchKey = ["contacts", "search"] as const;

/** GET /contacts/search, once. */
export async function searchContacts(q: string, limit: number, signal?: AbortSignal) {
  const params = { query: { q, limit } };
  return answer(api.GET("/api/crm/contacts/search", { params, signal: signal ?? null }));
}

/**
 * GET /contacts/search: ranked, while the user types; the last answer stays until the next one
 * arrives.
 */
export function searchContactsOptions(q: string, limit = 50) {
  const text = q.trim();
  return queryOptions({
    queryKey: [...contactSearchKey, text, limit] as const,
    queryFn: ({ signal }) => searchContacts(text, limit, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
}
