import type { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-error";
import { answerWithTag, api } from "@/lib/api-client";
import type { Contact, ContactPatch } from "@/types/api";
import { patchCachedContact } from "./contact-cache";
import { getContactOptions } from "./get-contact";

export interface ContactUpdate {
  id: string;
  patch: ContactPatch;
  /** What the changed fields held where they were shown: only over that may they be written. */
  base: ContactPatch;
}

/** A field held something else than what was shown, so nothing was written. */
export class EditConflict extends Error {
  constructor(
    readonly contact: Contact,
    readonly theirs: ContactPatch,
  ) {
    super("It was changed elsewhere in the meantime.");
  }
}

interface Version {
  contact: Contact;
  etag: string | null;
}

const PRECONDITION_FAILED = 412;
/** Times that a change is tried anew on a version that others write at the same moment. */
const MOST_TRIES = 5;

/**
 * PATCH /contacts/{id}, over the values that were shown and nothing else: shown at once, taken back
 * when it is refused. Other fields may have changed meanwhile, such as by enrichment.
 *
 * Throws an EditConflict where the fields hold something else by now; the newer version is shown then.
 */
export async function updateContact(client: QueryClient, update: ContactUpdate): Promise<Contact> {
  const { id, patch, base } = update;
  const { queryKey } = getContactOptions(id);
  await client.cancelQueries({ queryKey });
  const known = client.getQueryData(queryKey);
  patchCachedContact(client, id, patch);
  const change = (contact: Contact) => {
    const theirs = valuesOf(contact, patch);
    if (!isSame(theirs, base)) throw new EditConflict(contact, theirs);
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
 * Reads a contact and changes it by what is there, such as one tag more; nothing in between is lost.
 *
 * Returns the contact before the change and whether there was anything to change.
 */
export async function changeContact(
  client: QueryClient,
  id: string,
  change: (contact: Contact) => ContactPatch | null,
): Promise<boolean> {
  let isChanged = true;
  await patchVersion(client, id, null, (contact) => {
    const patch = change(contact);
    isChanged = patch !== null;
    return patch;
  });
  return isChanged;
}

/** Writes over one version, guarded by its entity tag (412), and over the next where it was not the last. */
async function patchVersion(
  client: QueryClient,
  id: string,
  start: Version | null,
  change: (contact: Contact) => ContactPatch | null,
): Promise<Contact> {
  const path = { id };
  let version = start ?? (await readVersion(id));
  for (let tries = 1; ; tries += 1) {
    const patch = change(version.contact);
    if (patch === null) return version.contact;
    const header = version.etag ? { "If-Match": version.etag } : {};
    const call = api.PATCH("/api/crm/contacts/{id}", { params: { path, header }, body: patch });
    try {
      const { body, etag } = await answerWithTag(call);
      client.setQueryData(
        getContactOptions(id).queryKey,
        (before) =>
          // Only where it is looked at: hundreds that are tagged at once need not be kept.
          before && { contact: body, etag },
      );
      patchCachedContact(client, id, valuesOf(body, patch));
      return body;
    } catch (error) {
      const isOld = error instanceof ApiError && error.status === PRECONDITION_FAILED;
      if (!isOld || tries >= MOST_TRIES) throw error;
      version = await readVersion(id);
    }
  }
}

/** GET /contacts/{id}, past the cache. */
async function readVersion(id: string): Promise<Version> {
  const call = api.GET("/api/crm/contacts/{id}", { params: { path: { id } }, cache: "no-store" });
  const { body, etag } = await answerWithTag(call);
  return { contact: body, etag };
}

/** Returns what a contact holds in the fields of a patch. */
export function valuesOf(contact: Contact, patch: ContactPatch): ContactPatch {
  const fields = Object.keys(patch) as (keyof ContactPatch)[];
  return Object.fromEntries(fields.map((field) => [field, contact[field] ?? null]));
}

/** Nothing and an empty text are the same to people. */
function isSame(one: ContactPatch, other: ContactPatch): boolean {
  const fields = Object.keys(other) as (keyof ContactPatch)[];
  return fields.every(
    (field) => JSON.stringify(one[field] ?? "") === JSON.stringify(other[field] ?? ""),
  );
}
