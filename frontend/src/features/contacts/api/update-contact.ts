import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { answerWithTag, api } from "@/lib/api-client";
import type { ContactPatch } from "@/types/api";
import { findCachedContact, patchCachedContact, refreshContactLists } from "./contact-cache";
import { getContactOptions } from "./get-contact";

export interface ContactUpdate {
  id: string;
  patch: ContactPatch;
}

/**
 * PATCH /contacts/{id}. Where the contact's entity tag is known, it guards against overwriting a
 * newer version (412).
 */
export async function updateContact(client: QueryClient, { id, patch }: ContactUpdate) {
  const { queryKey } = getContactOptions(id);
  const etag = client.getQueryData(queryKey)?.etag;
  const { body, etag: newTag } = await answerWithTag(
    api.PATCH("/api/crm/contacts/{id}", {
      params: { path: { id }, ...(etag ? { header: { "If-Match": etag } } : {}) },
      body: patch,
    }),
  );
  client.setQueryData(queryKey, { contact: body, etag: newTag });
  return body;
}

/** Changes a contact: shown at once, taken back when the API refuses. */
export function useUpdateContact() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (update: ContactUpdate) => updateContact(client, update),
    onMutate: async ({ id, patch }) => {
      await client.cancelQueries({ queryKey: getContactOptions(id).queryKey });
      const before = valuesBefore(client, id, patch);
      patchCachedContact(client, id, patch);
      return { before };
    },
    onError: async (_error, { id }, context) => {
      if (context?.before) patchCachedContact(client, id, context.before);
      else await refreshContactLists(client);
      await client.invalidateQueries({ queryKey: getContactOptions(id).queryKey });
    },
  });
}

/** Returns the patch that undoes a patch, or null when the contact is not loaded. */
export function valuesBefore(
  client: QueryClient,
  id: string,
  patch: ContactPatch,
): ContactPatch | null {
  const known = client.getQueryData(getContactOptions(id).queryKey)?.contact;
  const shown: Partial<ContactPatch> | undefined = known ?? findCachedContact(client, id);
  if (!shown) return null;
  const fields = Object.keys(patch) as (keyof ContactPatch)[];
  return Object.fromEntries(fields.map((field) => [field, shown[field] ?? null]));
}
