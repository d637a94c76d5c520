import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { remainder, runBulk } from "@/components/run-bulk";
import { useToasts } from "@/components/toast-store";
import {
  dropCachedContacts,
  findCachedContact,
  refreshContactLists,
} from "@/features/contacts/api/contact-cache";
import { deleteContact, restoreContact } from "@/features/contacts/api/delete-contacts";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { changeContact } from "@/features/contacts/api/update-contact";
import { useContactList } from "@/features/contacts/stores/contact-list-store";
import { displayName, plural } from "@/lib/format";

/** Deletions in progress, so that none starts twice. */
const leaving = new Set<string>();

/** The actions on one contact or several; a toast reports success only after the API's answer. */
export function useBulkEdits() {
  const client = useQueryClient();
  return useMemo(() => {
    const { show } = useToasts.getState(); // an action, which never changes
    const nameOf = (id: string) => {
      const open = client.getQueryData(getContactOptions(id).queryKey)?.contact;
      return displayName(open ?? findCachedContact(client, id) ?? {});
    };
    const report = (done: string, left: string, action?: { label: string; run: () => void }) =>
      show({
        tone: left ? "problem" : "done",
        text: left ? `${done}. ${left}` : done,
        stays: left !== "",
        action,
      });

    /** Add a tag to contacts or remove it, whatever tags they have by then. */
    const setTag = async (ids: readonly string[], tag: string, on: boolean): Promise<void> => {
      const doing = on ? `Tagging “${tag}”` : `Removing the tag “${tag}”`;
      const outcomes = await runBulk(doing, ids, (id) =>
        changeContact(client, id, ({ tags }) => {
          if (tags.includes(tag) === on) return null;
          return { tags: on ? [...tags, tag] : tags.filter((each) => each !== tag) };
        }),
      );
      const changed = outcomes.done.filter(({ result }) => result).map(({ item }) => item);
      const who =
        ids.length === 1 && changed[0] ? nameOf(changed[0]) : plural(changed.length, "contact");
      const undo = () => void setTag(changed, tag, !on);
      report(
        `${who} ${on ? "tagged" : "no longer tagged"} “${tag}”`,
        remainder(outcomes, nameOf),
        changed.length > 0 ? { label: "Undo", run: undo } : undefined,
      );
    };

    /** Move contacts to the trash at once. Returns whether all are gone. */
    const remove = async (wanted: readonly string[]): Promise<boolean> => {
      const ids = wanted.filter((id) => !leaving.has(id));
      if (ids.length === 0) return false;
      for (const id of ids) leaving.add(id);
      try {
        return await moveToTrash(ids, new Map(ids.map((id) => [id, nameOf(id)])));
      } finally {
        for (const id of ids) leaving.delete(id);
      }
    };

    const moveToTrash = async (ids: readonly string[], names: ReadonlyMap<string, string>) => {
      const nameIn = (id: string) => names.get(id) ?? "";
      const outcomes = await runBulk("Deleting", ids, deleteContact);
      const gone = new Set(outcomes.done.map(({ item }) => item));
      const deleted = outcomes.done.filter(({ result }) => result).map(({ item }) => item);
      dropCachedContacts(client, gone);
      const { selected, setSelected } = useContactList.getState();
      setSelected([...selected].filter((id) => !gone.has(id)));
      const [only = ""] = gone;
      const who = gone.size === 1 ? nameIn(only) : plural(gone.size, "contact");
      const undo = { label: "Undo", run: () => void restore(deleted, names) };
      report(`${who} deleted`, remainder(outcomes, nameIn), deleted.length > 0 ? undo : undefined);
      return outcomes.failed.length === 0;
    };

    const restore = async (
      ids: readonly string[],
      names: ReadonlyMap<string, string>,
    ): Promise<void> => {
      const nameIn = (id: string) => names.get(id) ?? "";
      const outcomes = await runBulk("Restoring", ids, restoreContact);
      await refreshContactLists(client);
      const [only] = outcomes.done;
      const who =
        ids.length === 1 && only ? nameIn(only.item) : plural(outcomes.done.length, "contact");
      const left = outcomes.failed.map(({ item }) => item);
      const again = { label: "Try again", run: () => void restore(left, names) };
      report(`${who} restored`, remainder(outcomes, nameIn), left.length > 0 ? again : undefined);
    };

    return { setTag, remove };
  }, [client]);
}
