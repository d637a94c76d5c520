import { answer, answerWithOperation, api } from "@/lib/api-client";

/** POST /contacts/{id}/notes. */
export async function addNote(contactId: string, text: string): Promise<void> {
  const params = { path: { id: contactId } };
  await answer(api.POST("/api/crm/contacts/{id}/notes", { params, body: { text, pinned: false } }));
}

/** DELETE /contacts/{id}/notes/{note_id}; returns the operation that can be undone. */
export async function deleteNote(contactId: string, noteId: string): Promise<string | null> {
  const params = { path: { id: contactId, note_id: noteId } };
  const call = api.DELETE("/api/crm/contacts/{id}/notes/{note_id}", { params });
  return (await answerWithOperation(call)).operation;
}
