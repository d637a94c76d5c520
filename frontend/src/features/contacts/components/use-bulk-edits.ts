import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useConfirm } from "@/components/confirm-store";
import { remainder, runBulk } from "@/components/run-bulk";
import { useToasts } from "@/components/toast-store";
import {
  dropCachedContacts,
  findCachedContact,
  refreshContactLists,
} from "@/features/contacts/api/contact-cache";
import {
  addContactAgain,
  deleteContact,
  readBelongings,
} from "@/features/contacts/api/delete-contacts";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { changeContact } from "@/features/contacts/api/update-contact";
import { deletionQuestion } from "@/features/contacts/deletion-question";
import { useContactList } from "@/features/contacts/stores/contact-list-store";
import { explain } from "@/lib/api-error";
import { eachWithLimit } from "@/lib/each-with-limit";
import { displayName, plural } from "@/lib/format";
import type { Contact } from "@/types/api";

/**
 * The most contacts whose ties and interactions are read before they are deleted; more would take
 * too long.
 */
const MOST_LOOKED_AT = 20;
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

    /**
     * Delete contacts at once; ask first where that deletes data that cannot be added again.
     *
     * Returns whether all are gone.
     */
    const remove = async (wanted: readonly string[]): Promise<boolean> => {
      const ids = wanted.filter((id) => !leaving.has(id));
      if (ids.length === 0) return false;
      for (const id of ids) leaving.add(id);
      try {
        const names = new Map(ids.map((id) => [id, nameOf(id)]));
        return (await mayLeave(ids)) && (await erase(ids, names));
      } catch (error) {
        show({ tone: "problem", text: `No contact was deleted. ${explain(error)}` });
        return false;
      } finally {
        for (const id of ids) leaving.delete(id);
      }
    };

    const mayLeave = async (ids: readonly string[]): Promise<boolean> => {
      const [only = ""] = ids;
      const who = ids.length === 1 ? nameOf(only) : plural(ids.length, "contact");
      const belongings = ids.length > MOST_LOOKED_AT ? null : await allBelongings(ids);
      const question = deletionQuestion(who, ids.length, belongings);
      return question === null || useConfirm.getState().ask(question);
    };

    const erase = async (ids: readonly string[], names: ReadonlyMap<string, string>) => {
      const nameIn = (id: string) => names.get(id) ?? "";
      const outcomes = await runBulk("Deleting", ids, deleteContact);
      const gone = new Set(outcomes.done.map(({ item }) => item));
      const known = outcomes.done.flatMap(({ result }) => result ?? []);
      dropCachedContacts(client, gone);
      const { selected, setSelected } = useContactList.getState();
      setSelected([...selected].filter((id) => !gone.has(id)));
      const [only] = known;
      const who = gone.size === 1 && only ? displayName(only) : plural(gone.size, "contact");
      const action =
        known.length > 0 ? { label: "Undo", run: () => void addAgain(known) } : undefined;
      report(`${who} deleted`, remainder(outcomes, nameIn), action);
      return outcomes.failed.length === 0;
    };

    const addAgain = async (contacts: readonly Contact[]): Promise<void> => {
      const outcomes = await runBulk("Adding again", contacts, addContactAgain);
      await refreshContactLists(client);
      const [only] = outcomes.done;
      const who =
        contacts.length === 1 && only
          ? displayName(only.item)
          : plural(outcomes.done.length, "contact");
      const left = outcomes.failed.map(({ item }) => item);
      const again = { label: "Try again", run: () => void addAgain(left) };
      report(
        `${who} added again`,
        remainder(outcomes, displayName),
        left.length > 0 ? again : undefined,
      );
    };

    return { setTag, remove };
  }, [client]);
}

async function allBelongings(ids: readonly string[]) {
  const { done, failed } = await eachWithLimit(ids, readBelongings);
  if (failed[0]) throw failed[0].error;
  return done.map(({ result }) => result);
}
