import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useToasts } from "@/components/toast-store";
import { patchCachedContact, refreshContactLists } from "@/features/contacts/api/contact-cache";
import { useDeleteContacts } from "@/features/contacts/api/delete-contacts";
import {
  updateContact,
  useUpdateContact,
  valuesBefore,
  type ContactUpdate,
} from "@/features/contacts/api/update-contact";
import { explain } from "@/lib/api-error";
import { eachWithLimit } from "@/lib/each-with-limit";
import { plural } from "@/lib/format";
import type { ContactPatch } from "@/types/api";

/** What components do to contacts, each with its toast and its way back. */
export function useContactEdits() {
  const client = useQueryClient();
  const { show, dismiss } = useToasts.getState(); // actions, which never change
  const { mutateAsync } = useUpdateContact();
  const { hide, restore, erase } = useDeleteContacts();

  /** Changes one contact; `what` names the change in the toast ("Title of Mei changed"). */
  const change = useCallback(
    async (id: string, patch: ContactPatch, what: string) => {
      const before = valuesBefore(client, id, patch);
      const send = async (): Promise<void> => {
        const action = before ? { label: "Undo", run: undo } : undefined;
        const toast = show({ tone: "done", text: what, action });
        try {
          await mutateAsync({ id, patch });
        } catch (error) {
          dismiss(toast);
          const text = `${what} was taken back. ${explain(error)}`;
          show({ tone: "problem", text, action: { label: "Try again", run: () => void send() } });
        }
      };
      const undo = () => {
        if (before) void mutateAsync({ id, patch: before }).catch(() => undefined);
      };
      await send();
    },
    [client, mutateAsync, show, dismiss],
  );

  /** Changes several contacts, each to its own patch; one undo for all of them. */
  const changeAll = useCallback(
    async (updates: readonly ContactUpdate[], what: string) => {
      const undos = updates.flatMap(({ id, patch }) => {
        const before = valuesBefore(client, id, patch);
        return before ? [{ id, patch: before }] : [];
      });
      const apply = async (changes: readonly ContactUpdate[]) => {
        for (const { id, patch } of changes) patchCachedContact(client, id, patch);
        const { errors } = await eachWithLimit(changes, (each) => updateContact(client, each));
        if (errors.length === 0) return;
        const failed = plural(errors.length, "contact");
        show({ tone: "problem", text: `${failed} could not be changed. ${explain(errors[0])}` });
        await refreshContactLists(client);
      };
      show({
        tone: "done",
        text: what,
        action: { label: "Undo", run: () => void apply(undos) },
      });
      await apply(updates);
    },
    [client, show],
  );

  /** Takes contacts away; they are deleted only when the time for undo has passed. */
  const remove = useCallback(
    (ids: readonly string[], what: string) => {
      hide(ids);
      show({
        tone: "done",
        text: `${what} deleted`,
        action: { label: "Undo", run: () => void restore() },
        onSettled: () => {
          void erase(ids).then(({ errors }) => {
            if (errors.length === 0) return;
            const failed = plural(errors.length, "contact");
            show({
              tone: "problem",
              text: `${failed} could not be deleted. ${explain(errors[0])}`,
            });
            void restore();
          });
        },
      });
    },
    [erase, hide, restore, show],
  );

  return { change, changeAll, remove };
}
