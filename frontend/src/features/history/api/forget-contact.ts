import { answer, api } from "@/lib/api-client";

/** DELETE /contacts/trash/{id}: nothing brings the contact back afterwards. */
export async function forgetContact(id: string): Promise<void> {
  await answer(api.DELETE("/api/crm/contacts/trash/{id}", { params: { path: { id } } }));
}
