import { infiniteQueryOptions } from "@tanstack/react-query";
import { filterQuery, type ContactFilter } from "@/features/contacts/contact-filter";
import { answer, api } from "@/lib/api-client";
import type { BulkFilter } from "@/features/contacts/selection";
import type { Contact } from "@/types/api";
import type { paths } from "@/types/api.generated";

/** The most that a page may hold; fewer round trips for long scrolls. */
export const PAGE_SIZE = 200;

/** The fields that a row of the list shows. The others are loaded when the contact is opened. */
export type ContactListItem = Pick<
  Contact,
  "id" | "name" | "email" | "company" | "title" | "location" | "tags" | "is_self" | "updated_at"
> & {
  linkedin_url?: string | null;
  phones?: string[];
  custom?: Record<string, string>;
};

const FIELDS =
  "id,name,email,company,title,location,linkedin_url,tags,is_self,created_at,updated_at";

/** The names of columns that need further fields of contacts. */
export function fieldsOf(columns: readonly string[]): string {
  const phones = columns.includes("phones") ? ",phones" : "";
  const custom = columns.some((column) => column.startsWith("custom.")) ? ",custom" : "";
  return `${FIELDS}${phones}${custom}`;
}

export interface ContactListPage {
  items: ContactListItem[];
  next_cursor: string | null;
  total?: number | null;
}

/** GET /contacts page by page: all that fit a filter, whole. */
export async function readFitting(filter: BulkFilter): Promise<Contact[]> {
  const found: Contact[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: PAGE_SIZE, ...filter, ...(cursor === null ? {} : { cursor }) };
    const page: { items: Contact[]; next_cursor: string | null } = await answer(
      api.GET("/api/crm/contacts", { params: { query: query as ListQuery } }),
    );
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

type ListQuery = NonNullable<paths["/api/crm/contacts"]["get"]["parameters"]["query"]>;

export const contactListKey = ["contacts", "list"] as const;

/** GET /contacts page by page. The first page carries the count of all. */
export function listContactsOptions(filter: Omit<ContactFilter, "q">, fields = FIELDS) {
  return infiniteQueryOptions({
    queryKey: [...contactListKey, filter, fields] as const,
    queryFn: ({ pageParam, signal }): Promise<ContactListPage> =>
      answer(
        api.GET("/api/crm/contacts", {
          params: {
            query: {
              limit: PAGE_SIZE,
              sort: filter.sort,
              fields,
              ...(pageParam ? { cursor: pageParam } : { include_total: true }),
              ...filterQuery(filter),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // A scrolled list may hold 500 pages: comparing them all at each new one would cost more
    // than it saves, and loading them all again would flood the API.
    structuralSharing: false,
    staleTime: Infinity,
  });
}
