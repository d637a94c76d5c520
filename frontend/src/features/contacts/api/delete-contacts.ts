import { ApiError } from "@/lib/api-error";
import { answer, api } from "@/lib/api-client";
import type { Contact } from "@/types/api";

const GONE = 404;

/** DELETE /contacts/{id}, to the trash. Returns false when the contact was deleted before. */
export async function deleteContact(id: string): Promise<boolean> {
  try {
    // keepalive: the request completes even when the page closes.
    await answer(
      api.DELETE("/api/crm/contacts/{id}", { params: { path: { id } }, keepalive: true }),
    );
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === GONE) return false;
    throw error;
  }
}

/** POST /contacts/{id}/restore: the contact with its ties, interactions and notes. */
export async function restoreContact(id: string): Promise<Contact> {
  return answer(api.POST("/api/crm/contacts/{id}/restore", { params: { path: { id } } }));
}
