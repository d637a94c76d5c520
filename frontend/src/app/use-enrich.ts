import { useQueryClient } from "@tanstack/react-query";
import { remainder } from "@/components/run-bulk";
import { useToasts } from "@/components/toast-store";
import { findCachedContact } from "@/features/contacts/api/contact-cache";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { useEnrichContacts } from "@/features/enrichment/api/enrich-contact";
import { useCan } from "@/lib/capabilities";
import { displayName, plural } from "@/lib/format";

/**
 * Return a function that queues contacts for enrichment and shows a toast; undefined where the API
 * has no enrichment.
 */
export function useEnrich(): ((ids: readonly string[]) => void) | undefined {
  const can = useCan("POST /contacts/{id}/enrich");
  const client = useQueryClient();
  const { mutate } = useEnrichContacts();
  if (!can) return undefined;
  const { show } = useToasts.getState();
  const nameOf = (id: string) => displayName(findCachedContact(client, id) ?? {});
  const enrich = (ids: readonly string[]) =>
    mutate(ids, {
      onSuccess: (outcomes) => {
        const queued = `${plural(outcomes.done.length, "contact")} queued for enrichment`;
        const left = outcomes.failed.map(({ item }) => item);
        if (left.length === 0) show({ tone: "done", text: queued });
        else
          show({
            tone: "problem",
            text: `${queued}. ${remainder(outcomes, nameOf)}`,
            action: { label: "Try again", run: () => enrich(left) },
            stays: true,
          });
        for (const { item } of outcomes.done) {
          void client.invalidateQueries({ queryKey: getContactOptions(item).queryKey });
        }
      },
    });
  return enrich;
}
