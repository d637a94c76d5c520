import type { BulkFilter } from "@/features/contacts/selection";
import type { UrlChange } from "@/lib/use-url-state";

export const SORTS = ["name", "company", "-updated_at", "-created_at"] as const;
export type ContactSort = (typeof SORTS)[number];

/** The filter of the list; it stands in the address, so that a link shows the same rows. */
export interface ContactFilter {
  q: string;
  sort: ContactSort;
  tags: string[];
  company: string;
  hasEmail: boolean | null;
}

/** The filters that lists and searches share. */
export type ContactNarrowing = Pick<ContactFilter, "tags" | "company" | "hasEmail">;

/** Return the filter as parameters of GET /contacts and GET /contacts/search; empty filters are left out. */
export function filterQuery({ tags, company, hasEmail }: ContactNarrowing) {
  return {
    ...(tags.length > 0 ? { tag: tags } : {}),
    ...(company ? { company } : {}),
    ...(hasEmail === null ? {} : { has_email: hasEmail }),
  };
}

/** Return the filter as POST /contacts/bulk takes it. */
export function bulkFilter(filter: ContactNarrowing): BulkFilter {
  return filterQuery(filter);
}

/** Read a filter from the address; unknown values are left out. */
export function readContactFilter(params: URLSearchParams): ContactFilter {
  const sort = SORTS.find((known) => known === params.get("sort"));
  const hasEmail = params.get("has_email");
  return {
    q: params.get("q") ?? "",
    sort: sort ?? "name",
    tags: params.getAll("tag"),
    company: params.get("company") ?? "",
    hasEmail: hasEmail === "true" ? true : hasEmail === "false" ? false : null,
  };
}

/** Return the changes to the address for a change of the filter; defaults are not written. */
export function contactFilterChange(change: Partial<ContactFilter>): UrlChange {
  const url: UrlChange = {};
  if (change.q !== undefined) url.q = change.q || null;
  if (change.sort !== undefined) url.sort = change.sort === "name" ? null : change.sort;
  if (change.tags !== undefined) url.tag = change.tags;
  if (change.company !== undefined) url.company = change.company || null;
  if (change.hasEmail !== undefined)
    url.has_email = change.hasEmail === null ? null : String(change.hasEmail);
  return url;
}

/** Return whether the filter leaves out any contact, apart from the search. */
export function isFiltering({ tags, company, hasEmail }: ContactFilter): boolean {
  return tags.length > 0 || company !== "" || hasEmail !== null;
}
