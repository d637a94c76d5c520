import type { BulkFilter } from "@/features/contacts/selection";
import type { UrlChange } from "@/lib/use-url-state";

export const SORTS = [
  "name",
  "company",
  "-updated_at",
  "-created_at",
  "-strength",
  "last_contact",
  "-last_contact",
] as const;
export type ContactSort = (typeof SORTS)[number] | `custom.${string}` | `-custom.${string}`;

/** Filters with one text each, by their parameters. */
const SINGLE = [
  "tag_mode",
  "title",
  "location",
  "source",
  "has_phone",
  "known",
  "strength_min",
  "last_contact_before",
  "last_contact_after",
  "circle",
] as const;
type Single = (typeof SINGLE)[number];
/** The parameters of custom fields, with the name of the field behind the dot. */
const KEYED = ["custom", "custom_from", "custom_to"] as const;
type Keyed = `${(typeof KEYED)[number]}.${string}`;
export type MoreName = Single | Keyed;

/** The filter of the list; it stands in the address, so that a link shows the same rows. */
export interface ContactFilter {
  q: string;
  sort: ContactSort;
  tags: string[];
  company: string;
  hasEmail: boolean | null;
  /** Further filters as the API takes them: a text for each parameter. */
  more: Partial<Record<MoreName, string>>;
}

/** The filters that lists and searches share. */
export type ContactNarrowing = Pick<ContactFilter, "tags" | "company" | "hasEmail" | "more">;

/** Return the filter as parameters of GET /contacts and GET /contacts/search; empty filters are left out. */
export function filterQuery({ tags, company, hasEmail, more }: ContactNarrowing) {
  return {
    ...(tags.length > 0 ? { tag: tags } : {}),
    ...(company ? { company } : {}),
    ...(hasEmail === null ? {} : { has_email: hasEmail }),
    ...more,
  } as { tag?: string[]; company?: string; has_email?: boolean };
}

/** Return the filter as POST /contacts/bulk, circles and views take it. */
export function bulkFilter(filter: ContactNarrowing): BulkFilter {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(filterQuery(filter))) {
    const [head, key] = split(name);
    if (key === "") body[name] = value;
    else body[head] = { ...(body[head] as object | undefined), [key]: value };
  }
  return body;
}

/** Read a filter from the address; unknown values are left out. */
export function readContactFilter(params: URLSearchParams): ContactFilter {
  const hasEmail = params.get("has_email");
  const more: ContactFilter["more"] = {};
  for (const [name, value] of params) if (isMore(name) && value !== "") more[name] = value;
  return {
    q: params.get("q") ?? "",
    sort: readSort(params.get("sort")),
    tags: params.getAll("tag"),
    company: params.get("company") ?? "",
    hasEmail: hasEmail === "true" ? true : hasEmail === "false" ? false : null,
    more,
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
  for (const [name, value] of Object.entries(change.more ?? {})) url[name] = value || null;
  return url;
}

/** Return a filter that narrows nothing, with every parameter of another one, as a change of it. */
export function withoutFilters({ more }: ContactFilter): Partial<ContactFilter> {
  const blank = Object.fromEntries(Object.keys(more).map((name) => [name, ""]));
  return { tags: [], company: "", hasEmail: null, more: blank };
}

/** Return whether the filter leaves out any contact, apart from the search. */
export function isFiltering(filter: ContactFilter): boolean {
  return countFilters(filter) > 0;
}

/** Return the number of filters that are set; the manner of tags counts with them. */
export function countFilters({ tags, company, hasEmail, more }: ContactFilter): number {
  const others = Object.keys(more).filter((name) => name !== "tag_mode").length;
  return tags.length + (company ? 1 : 0) + (hasEmail === null ? 0 : 1) + others;
}

function readSort(text: string | null): ContactSort {
  const known = SORTS.find((each) => each === text);
  if (known) return known;
  return text !== null && /^-?custom\../.test(text) ? (text as ContactSort) : "name";
}

function isMore(name: string): name is MoreName {
  const [head, key] = split(name);
  return key === ""
    ? (SINGLE as readonly string[]).includes(name)
    : (KEYED as readonly string[]).includes(head);
}

/** The parts of a parameter before and behind its first dot. */
function split(name: string): [string, string] {
  const dot = name.indexOf(".");
  return dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot + 1)];
}
