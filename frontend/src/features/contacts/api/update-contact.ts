import type { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-error";
import { answerWithTag, api } from "@/lib/api-client";
import type { Contact, ContactPatch } from "@/types/api";
import { patchCachedContact } from "./contact-cache";
import { getContactOptions } from "./get-contact";

export interface ContactUpdate {
  id: string;
  patch: ContactPatch;
  /** The values that the user saw in the changed fields. The change is written only over these. */
  base: ContactPatch;
}

/** A field no longer held the value that the user saw, so nothing was written. */
export class EditConflict extends Error {
  constructor(
    readonly contact: Contact,
    readonly theirs: ContactPatch,
  ) {
    super("It was changed elsewhere in the meantime.");
  }
}

/** A contact after a change, and the operation that undoes it; null where the API names none. */
export interface Saved {
  contact: Contact;
  operation: string | null;
}

interface Version {
  contact: Contact;
  etag: string | null;
}

const PRECONDITION_FAILED = 412;
/** How often a change is tried again while others write the contact. */
const MOST_TRIES = 5;

/**
 * PATCH /contacts/{id}, only over the values that the user saw. The change is shown at once and
 * reverted when it is refused. Other fields may have changed meanwhile, for example by enrichment.
 *
 * Throws an EditConflict when the fields hold other values by now; the newer version is then shown.
 */
export async function updateContact(client: QueryClient, update: ContactUpdate): Promise<Saved> {
  const { id, patch, base } = update;
  const { queryKey } = getContactOptions(id);
  await client.cancelQueries({ queryKey });
  const known = client.getQueryData(queryKey);
  patchCachedContact(client, id, patch);
  const change = (contact: Contact) => {
    const theirs = valuesOf(contact, patch);
    // The answer to an earlier attempt may have been lost.
    const isWritten = isSame(theirs, patch);
    if (!isWritten && !isSame(theirs, base)) throw new EditConflict(contact, theirs);
    return patch;
  };
  try {
    const start = known && isSame(valuesOf(known.contact, patch), base) ? known : null;
    return await patchVersion(client, id, start, change);
  } catch (error) {
    const present = error instanceof EditConflict ? valuesOf(error.contact, patch) : base;
    patchCachedContact(client, id, present);
    await client.invalidateQueries({ queryKey });
    throw error;
  }
}

/**
 * Write over one version, guarded by its entity tag (412); try the next version when a newer
 * exists.
 */
async function patchVersion(
  client: QueryClient,
  id: string,
  start: Version | null,
  change: (contact: Contact) => ContactPatch,
): Promise<Saved> {
  const path = { id };
  let version = start ?? (await readVersion(id));
  for (let tries = 1; ; tries += 1) {
    const patch = change(version.contact);
    const header = version.etag ? { "If-Match": version.etag } : {};
    const call = api.PATCH("/api/crm/contacts/{id}", { params: { path, header }, body: patch });
    try {
      const { body, etag, operation } = await answerWithTag(call);
      client.setQueryData(
        getContactOptions(id).queryKey,
        (before) =>
          // Only contacts that are open: hundreds that are tagged at once need no place in the
          // cache.
          before && { contact: body, etag },
      );
      patchCachedContact(client, id, valuesOf(body, patch));
      return { contact: body, operation };
    } catch (error) {
      const isOld = error instanceof ApiError && error.status === PRECONDITION_FAILED;
      if (!isOld || tries >= MOST_TRIES) throw error;
      version = await readVersion(id);
    }
  }
}

/** Read one contact again and show it wherever it is on the screen. */
export async function refreshContact(client: QueryClient, id: string): Promise<void> {
  const { contact, etag } = await readVersion(id);
  client.setQueryData(getContactOptions(id).queryKey, { contact, etag });
  patchCachedContact(client, id, contact);
  await client.invalidateQueries({ queryKey: ["history"] });
}

/** GET /contacts/{id}, past the cache. */
async function readVersion(id: string): Promise<Version> {
  const call = api.GET("/api/crm/contacts/{id}", { params: { path: { id } }, cache: "no-store" });
  const { body, etag } = await answerWithTag(call);
  return { contact: body, etag };
}

/** Return a contact's values in the fields of a patch. */
export function valuesOf(contact: Contact, patch: ContactPatch): ContactPatch {
  const fields = Object.keys(patch) as (keyof ContactPatch)[];
  return Object.fromEntries(fields.map((field) => [field, contact[field] ?? null]));
}

/** Null and an empty text mean the same to a user. */
function isSame(one: ContactPatch, other: ContactPatch): boolean {
  const fields = Object.keys(other) as (keyof ContactPatch)[];
  return fields.every(
    (field) => JSON.stringify(one[field] ?? "") === JSON.stringify(other[field] ?? ""),
  );
}
