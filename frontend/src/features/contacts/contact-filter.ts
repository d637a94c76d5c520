import type { UrlChange } from "@/lib/use-url-state";

export const SORTS = ["name", "company", "-updated_at", "-created_at"] as const;
export type ContactSort = (typeof SORTS)[number];

/** What the list shows; in the address, so that a link shows the same. */
export interface ContactFilter {
  q: string;
  sort: ContactSort;
  tags: string[];
  company: string;
  hasEmail: boolean | null;
}

/** Reads a filter from the address; what is not understood is left out. */
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

/** Returns what to change in the address for a change of the filter; the default is not written. */
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

/** Tells whether the filter leaves anybody out, besides by searching. */
export function isFiltering({ tags, company, hasEmail }: ContactFilter): boolean {
  return tags.length > 0 || company !== "" || hasEmail !== null;
}
