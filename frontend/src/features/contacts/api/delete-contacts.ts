import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { answer, api } from "@/lib/api-client";
import { eachWithLimit } from "@/lib/each-with-limit";
import { dropCachedContacts, refreshContactLists } from "./contact-cache";

/**
 * DELETE /contacts/{id}, for several, in two steps so that undo loses nothing: `hide` takes them off
 * the lists, `erase` deletes them once undo has passed, `restore` brings them back instead.
 */
export function useDeleteContacts() {
  const client = useQueryClient();
  const hide = useCallback(
    (ids: readonly string[]) => dropCachedContacts(client, new Set(ids)),
    [client],
  );
  const restore = useCallback(() => refreshContactLists(client), [client]);
  const erase = useCallback(
    (ids: readonly string[]) =>
      eachWithLimit(ids, (id) =>
        answer(
          // keepalive: the deletion is sent even when closing the page is what ended the wait.
          api.DELETE("/api/crm/contacts/{id}", { params: { path: { id } }, keepalive: true }),
        ),
      ),
    [],
  );
  return { hide, restore, erase };
}
