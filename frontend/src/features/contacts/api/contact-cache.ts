import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Contact, ContactPatch, SearchHit } from "@/types/api";
import { getContactOptions } from "./get-contact";
import { contactListKey, type ContactListItem, type ContactListPage } from "./list-contacts";
import { contactSearchKey } from "./search-contacts";

type ListData = InfiniteData<ContactListPage, string | null>;
interface SearchData {
  items: SearchHit[];
}

/** Show a change of one contact wherever it is on the screen, before the API has accepted it. */
export function patchCachedContact(client: QueryClient, id: string, patch: ContactPatch): void {
  const apply = <Item extends { id: string }>(item: Item): Item =>
    item.id === id ? { ...item, ...patch } : item;
  client.setQueriesData<ListData>({ queryKey: contactListKey }, (data) => mapList(data, id, apply));
  client.setQueriesData<SearchData>(
    { queryKey: contactSearchKey },
    (data) => data && { ...data, items: data.items.map(apply) },
  );
  client.setQueryData(
    getContactOptions(id).queryKey,
    (data) => data && { ...data, contact: { ...data.contact, ...(patch as Partial<Contact>) } },
  );
}

/** Remove contacts from every list at once. */
export function dropCachedContacts(client: QueryClient, ids: ReadonlySet<string>): void {
  const stays = (item: { id: string }) => !ids.has(item.id);
  client.setQueriesData<ListData>({ queryKey: contactListKey }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({ ...page, items: page.items.filter(stays) }));
    const gone = count(data.pages) - count(pages);
    const [first, ...rest] = pages;
    const total = first?.total;
    if (!first || typeof total !== "number") return { ...data, pages };
    return { ...data, pages: [{ ...first, total: total - gone }, ...rest] };
  });
  client.setQueriesData<SearchData>(
    { queryKey: contactSearchKey },
    (data) => data && { ...data, items: data.items.filter(stays) },
  );
}

/** Find a contact among the rows that are loaded. */
export function findCachedContact(client: QueryClient, id: string): ContactListItem | undefined {
  for (const [, data] of client.getQueriesData<ListData>({ queryKey: contactListKey })) {
    for (const page of data?.pages ?? []) {
      const found = page.items.find((item) => item.id === id);
      if (found) return found;
    }
  }
  for (const [, data] of client.getQueriesData<SearchData>({ queryKey: contactSearchKey })) {
    const found = data?.items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Load the lists again, from their first page; for changes that move rows. */
export async function refreshContactLists(client: QueryClient): Promise<void> {
  await Promise.all([
    client.resetQueries({ queryKey: contactListKey }),
    client.invalidateQueries({ queryKey: contactSearchKey }),
  ]);
}

/** Change one page only, so that 500 others stay the same objects. */
function mapList(
  data: ListData | undefined,
  id: string,
  apply: (item: ContactListItem) => ContactListItem,
): ListData | undefined {
  const at = data?.pages.findIndex((page) => page.items.some((item) => item.id === id)) ?? -1;
  if (!data || at < 0) return data;
  const pages = data.pages.map((page, index) =>
    index === at ? { ...page, items: page.items.map(apply) } : page,
  );
  return { ...data, pages };
}

function count(pages: readonly ContactListPage[]): number {
  return pages.reduce((sum, page) => sum + page.items.length, 0);
}
