import { writtenFields } from "@/features/contacts/contact-fields";
import { ApiError } from "@/lib/api-error";
import { answer, answerWithTag, api } from "@/lib/api-client";
import type { Contact } from "@/types/api";

const THERE_ALREADY = 200;
const GONE = 404;
const PRECONDITION_FAILED = 412;
/** How often a deletion is tried again while others write the contact. */
const MOST_TRIES = 5;

/**
 * DELETE /contacts/{id}, of exactly the version that is returned, so that it can be added again.
 *
 * Returns null when the contact was deleted before.
 */
export async function deleteContact(id: string): Promise<Contact | null> {
  const path = { id };
  for (let tries = 1; ; tries += 1) {
    try {
      const { body, etag } = await answerWithTag(
        api.GET("/api/crm/contacts/{id}", { params: { path }, cache: "no-store" }),
      );
      const header = etag ? { "If-Match": etag } : {};
      // keepalive: the request completes even when the page closes.
      const call = api.DELETE("/api/crm/contacts/{id}", {
        params: { path, header },
        keepalive: true,
      });
      await answer(call);
      return body;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === GONE) return null;
      if (error.status !== PRECONDITION_FAILED || tries >= MOST_TRIES) throw error;
    }
  }
}

/**
 * POST /contacts with every field of a contact that a user can write.
 *
 * Throws an ApiError where a contact with its e-mail or profile was added meanwhile: that one stays
 * as it is.
 */
export async function addContactAgain(contact: Contact): Promise<Contact> {
  const body = { ...writtenFields(contact), enrich: false };
  const call = api.POST("/api/crm/contacts", { body });
  const added = await answer(call);
  if ((await call).response.status === THERE_ALREADY) {
    throw new ApiError(
      409,
      "there_already",
      "a contact with this e-mail or profile exists already",
    );
  }
  return added;
}

/** Data that is deleted with a contact and cannot be added again. */
export interface Belongings {
  ties: number;
  /** Whether the contact has interactions. */
  hasHistory: boolean;
}

/** The most ties of one page; more are not counted for the question. */
const MOST_TIES = 200;

/**
 * GET /graph/relationships?contact_id= and GET /contacts/{id}/interactions; empty where the API has
 * neither.
 */
export async function readBelongings(id: string): Promise<Belongings> {
  const [ties, history] = await Promise.all([
    orNothing(
      answer(
        api.GET("/api/crm/graph/relationships", {
          params: { query: { contact_id: id, limit: MOST_TIES } },
        }),
      ),
    ),
    orNothing(
      answer(
        api.GET("/api/crm/contacts/{id}/interactions", {
          params: { path: { id }, query: { limit: 1 } },
        }),
      ),
    ),
  ]);
  return { ties: ties?.items.length ?? 0, hasHistory: (history?.items.length ?? 0) > 0 };
}

async function orNothing<Body>(call: Promise<Body>): Promise<Body | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.status === GONE) return null;
    throw error;
  }
}
