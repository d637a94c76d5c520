import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { filterQuery, type ContactNarrowing } from "@/features/contacts/contact-filter";
import { answer, api } from "@/lib/api-client";

export const contactSearchKey = ["contacts", "search"] as const;

/** GET /contacts/search, once. */
export async function searchContacts(
  q: string,
  limit: number,
  signal?: AbortSignal,
  narrowing?: ContactNarrowing,
) {
  const params = { query: { q, limit, ...(narrowing ? filterQuery(narrowing) : {}) } };
  return answer(api.GET("/api/crm/contacts/search", { params, signal: signal ?? null }));
}

/**
 * GET /contacts/search: ranked, while the user types; the last answer stays until the next one
 * arrives.
 */
export function searchContactsOptions(q: string, limit = 50, narrowing?: ContactNarrowing) {
  const text = q.trim();
  return queryOptions({
    queryKey: [...contactSearchKey, text, limit, narrowing] as const,
    queryFn: ({ signal }) => searchContacts(text, limit, signal, narrowing),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
}
