import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useToasts } from "@/components/toast-store";
import { undoAction, useUndo } from "@/components/use-undo";
import { patchCachedContact } from "@/features/contacts/api/contact-cache";
import {
  EditConflict,
  refreshContact,
  updateContact,
  valuesOf,
} from "@/features/contacts/api/update-contact";
import { useWaiting, type FieldChange } from "@/features/contacts/stores/waiting-store";
import { ApiError, explain } from "@/lib/api-error";
import type { ContactPatch, UndoOutcome } from "@/types/api";

/** The changes of one contact, each with a toast and an Undo. */
export function useContactEdits() {
  const client = useQueryClient();
  const undo = useUndo();
  return useMemo(() => {
    const { show } = useToasts.getState(); // an action, which never changes

    /** Change a contact and show a toast with Undo; the caller reports failures. */
    const save = async ({ id, patch, base, what }: FieldChange, done: string): Promise<void> => {
      const { contact, operation } = await updateContact(client, { id, patch, base });
      const now = valuesOf(contact, patch);
      // An edit of the same field since then stays: the server compares, and says so.
      const words = ({ kept_total }: UndoOutcome) =>
        kept_total > 0 ? `${what} was changed again since, so it stays` : `${what} set back`;
      const action =
        operation === null
          ? { label: "Undo", run: () => void change({ id, patch: base, base: now, what }) }
          : undoAction(undo, operation, { words, refresh: () => refreshContact(client, id) });
      show({ tone: "done", text: `${what} ${done}`, action });
    };

    /**
     * Change a field; when it was refused or holds a newer value, the toast offers the typed value.
     */
    const change = async (update: FieldChange): Promise<void> => {
      const { patch, base, what } = update;
      const offer = (text: string, label: string, over: ContactPatch) => {
        const run = () => void change({ ...update, base: over });
        show({ tone: "problem", text, action: { label, run }, stays: true });
      };
      try {
        await save(update, "changed");
      } catch (error) {
        if (error instanceof ApiError && error.status === 0) {
          useWaiting.getState().add(update);
          patchCachedContact(client, update.id, patch);
          show({ tone: "progress", text: `${what} waits for the server` });
        } else if (error instanceof EditConflict) {
          const now = `${what} is ${shown(error.theirs)} now: it was changed elsewhere.`;
          offer(now, `Use ${shown(patch)}`, error.theirs);
        } else {
          offer(`${what} was not changed. ${explain(error)}`, "Try again", base);
        }
      }
    };
    return { save, change };
  }, [client, undo]);
}

/** Return the value of a one-field patch as text. */
function shown(patch: ContactPatch): string {
  const [value] = Object.values(patch);
  return typeof value === "string" && value !== "" ? `“${value}”` : "empty";
}
