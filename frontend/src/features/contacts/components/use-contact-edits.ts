import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useToasts } from "@/components/toast-store";
import {
  EditConflict,
  updateContact,
  valuesOf,
  type ContactUpdate,
} from "@/features/contacts/api/update-contact";
import { explain } from "@/lib/api-error";
import type { ContactPatch } from "@/types/api";

/** A change of one field of one contact; `what` names the field: "Title of Mei". */
export interface FieldChange extends ContactUpdate {
  what: string;
}

/** What components change of one contact, each with its toast and its way back. */
export function useContactEdits() {
  const client = useQueryClient();
  return useMemo(() => {
    const { show } = useToasts.getState(); // an action, which never changes

    /** Changes a contact and says so, with the way back; the caller tells of what fails. */
    const save = async ({ id, patch, base, what }: FieldChange, done: string): Promise<void> => {
      const saved = await updateContact(client, { id, patch, base });
      const undo = () => void change({ id, patch: base, base: valuesOf(saved, patch), what });
      show({ tone: "done", text: `${what} ${done}`, action: { label: "Undo", run: undo } });
    };

    /** Changes a field; where it was refused or holds something newer, what was typed stays at hand. */
    const change = async (update: FieldChange): Promise<void> => {
      const { patch, base, what } = update;
      const offer = (text: string, label: string, over: ContactPatch) => {
        const run = () => void change({ ...update, base: over });
        show({ tone: "problem", text, action: { label, run }, stays: true });
      };
      try {
        await save(update, "changed");
      } catch (error) {
        if (error instanceof EditConflict) {
          const now = `${what} is ${shown(error.theirs)} now: it was changed elsewhere.`;
          offer(now, `Use ${shown(patch)}`, error.theirs);
        } else {
          offer(`${what} was not changed. ${explain(error)}`, "Try again", base);
        }
      }
    };
    return { save, change };
  }, [client]);
}

/** Returns the one value of a patch as people read it. */
function shown(patch: ContactPatch): string {
  const [value] = Object.values(patch);
  return typeof value === "string" && value !== "" ? `“${value}”` : "empty";
}
