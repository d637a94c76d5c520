import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useFailures } from "@/components/failures-store";
import { useToasts } from "@/components/toast-store";
import { undoAction, useUndo } from "@/components/use-undo";
import { changeContacts } from "@/features/contacts/api/change-contacts";
import {
  dropCachedContacts,
  findCachedContact,
  patchCachedContact,
  refreshContactLists,
} from "@/features/contacts/api/contact-cache";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { failureWords, sizeOf, type Selection } from "@/features/contacts/selection";
import { useContactList } from "@/features/contacts/stores/contact-list-store";
import { explain } from "@/lib/api-error";
import { displayName, formatCount, plural } from "@/lib/format";
import type { BulkChange, BulkOutcome } from "@/types/api";

/** Contacts whose deletion is in progress, so that none starts twice. */
const leaving = new Set<string>();
/** Rows that are changed in place; more are read again. */
const MOST_PATCHED = 200;

/** The actions on one contact or many: each is one call, one operation, one Undo. */
export function useBulkEdits() {
  const client = useQueryClient();
  const undo = useUndo();
  return useMemo(() => {
    const { show, update, dismiss } = useToasts.getState(); // actions, which never change
    const nameOf = (id: string) => {
      const open = client.getQueryData(getContactOptions(id).queryKey)?.contact;
      return displayName(open ?? findCachedContact(client, id) ?? {});
    };

    /** Make the change and show its progress; null where nothing was done, which a toast says. */
    const run = async (
      doing: string,
      selection: Selection,
      change: Pick<BulkChange, "action" | "value">,
      again: () => void,
    ): Promise<BulkOutcome | null> => {
      let toast = null as number | null;
      const onProgress = (done: number, total: number) => {
        const text = `${doing}: ${formatCount(done)} of ${formatCount(total)} done`;
        if (toast === null) toast = show({ tone: "progress", text, stays: true });
        else update(toast, text);
      };
      try {
        return await changeContacts(selection, change, onProgress);
      } catch (error) {
        show({
          tone: "problem",
          text: `${doing} did not work. ${explain(error)}`,
          action: { label: "Try again", run: again },
          stays: true,
        });
        return null;
      } finally {
        if (toast !== null) dismiss(toast);
      }
    };

    /** Report an outcome, with one Undo for all of it and the list of what failed. */
    const report = (
      outcome: BulkOutcome,
      done: string,
      selection: Selection,
      nameIn: (id: string) => string,
    ) => {
      // “All that fit” includes the user, whom nothing deletes: no failure to report.
      const isExpected = (id: string) =>
        "filter" in selection && findCachedContact(client, id)?.is_self === true;
      const failed = outcome.failed.filter(({ id }) => !isExpected(id));
      const failedTotal = outcome.failed_total - (outcome.failed.length - failed.length);
      const left = failureWords(failed, failedTotal, sizeOf(selection), nameIn);
      const list = () =>
        useFailures.getState().list({
          title: `${plural(failedTotal, "contact")} not changed`,
          lines: failed.map(({ id, detail }) => ({ key: id, what: nameIn(id), why: detail })),
          total: failedTotal,
        });
      show({
        tone: left ? "problem" : "done",
        text: left ? `${done}. ${left}` : done,
        stays: left !== "",
        action: undoAction(undo, outcome.operation_id),
        more: failedTotal > 1 ? { label: "List", run: list } : undefined,
      });
    };

    /** Return the words for those that changed: the name of a single one, else the number. */
    const whoOf = (selection: Selection, changed: number) => {
      const [only] = "ids" in selection && selection.ids.length === 1 ? selection.ids : [];
      return only !== undefined && changed === 1 ? nameOf(only) : plural(changed, "contact");
    };

    /** Add a tag to contacts or remove it, whatever tags they have by then. */
    const setTag = async (selection: Selection, tag: string, on: boolean): Promise<void> => {
      const doing = on ? `Tagging “${tag}”` : `Removing the tag “${tag}”`;
      const action = on ? "tag" : "untag";
      const again = () => void setTag(selection, tag, on);
      const outcome = await run(doing, selection, { action, value: [tag] }, again);
      if (outcome === null) return;
      const who = whoOf(selection, outcome.changed);
      report(outcome, `${who} ${on ? "tagged" : "no longer tagged"} “${tag}”`, selection, nameOf);
      await showTag(selection, tag, on);
    };

    const showTag = async (selection: Selection, tag: string, on: boolean) => {
      if (!("ids" in selection) || selection.ids.length > MOST_PATCHED) {
        await refreshContactLists(client);
        return;
      }
      for (const id of selection.ids) {
        const tags = findCachedContact(client, id)?.tags.filter((each) => each !== tag);
        if (tags) patchCachedContact(client, id, { tags: on ? [...tags, tag] : tags });
        await client.invalidateQueries({ queryKey: getContactOptions(id).queryKey });
      }
      await client.invalidateQueries({ queryKey: ["history"] });
    };

    /** Move contacts to the trash at once. Returns whether all are gone. */
    const remove = async (wanted: Selection): Promise<boolean> => {
      const selection =
        "ids" in wanted ? { ids: wanted.ids.filter((id) => !leaving.has(id)) } : wanted;
      if (sizeOf(selection) === 0) return false;
      const ids = "ids" in selection ? selection.ids : [];
      for (const id of ids) leaving.add(id);
      const names = new Map(ids.map((id) => [id, nameOf(id)]));
      try {
        const again = () => void remove(selection);
        const outcome = await run("Deleting", selection, { action: "delete" }, again);
        if (outcome === null) return false;
        // A contact that was deleted before is gone as well.
        const failed = outcome.failed.filter(({ code }) => code !== "not_found");
        const kept = new Set(failed.map(({ id }) => id));
        const gone = new Set(ids.filter((id) => !kept.has(id)));
        const [only = ""] = gone;
        const { changed } = outcome;
        const isOne = gone.size === 1 && changed === 1;
        const who = isOne ? (names.get(only) ?? "") : plural(changed, "contact");
        report(outcome, `${who} deleted`, selection, (id) => names.get(id) ?? nameOf(id));
        const { selected, setSelected } = useContactList.getState();
        if ("ids" in selection) {
          dropCachedContacts(client, gone);
          setSelected([...selected].filter((id) => !gone.has(id)));
        } else {
          setSelected([]);
          await refreshContactLists(client);
        }
        return outcome.failed_total === 0;
      } finally {
        for (const id of ids) leaving.delete(id);
      }
    };

    /** Queue contacts for enrichment. */
    const enrich = async (selection: Selection): Promise<void> => {
      const again = () => void enrich(selection);
      const outcome = await run("Enrichment", selection, { action: "enrich" }, again);
      if (outcome === null) return;
      const words = `${plural(outcome.changed, "contact")} queued for enrichment`;
      report(outcome, words, selection, nameOf);
      await client.invalidateQueries({ queryKey: ["contacts", "one"] });
    };

    return { setTag, remove, enrich };
  }, [client, undo]);
}
