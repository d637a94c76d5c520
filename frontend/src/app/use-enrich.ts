import { useQueryClient } from "@tanstack/react-query";
import { useToasts } from "@/components/toast-store";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { useEnrichContacts } from "@/features/enrichment/api/enrich-contact";
import { explain } from "@/lib/api-error";
import { useCan } from "@/lib/capabilities";
import { plural } from "@/lib/format";

/** Returns what queues contacts for enrichment and says so; undefined where the API cannot. */
export function useEnrich(): ((ids: readonly string[]) => void) | undefined {
  const can = useCan("POST /contacts/{id}/enrich");
  const client = useQueryClient();
  const show = useToasts((state) => state.show);
  const { mutate } = useEnrichContacts();
  if (!can) return undefined;
  return (ids) =>
    mutate(ids, {
      onSuccess: ({ errors }) => {
        const queued = plural(ids.length - errors.length, "contact");
        if (errors.length === 0) show({ tone: "done", text: `${queued} queued for enrichment` });
        else show({ tone: "problem", text: `${queued} queued. ${explain(errors[0])}` });
        for (const id of ids) {
          void client.invalidateQueries({ queryKey: getContactOptions(id).queryKey });
        }
      },
    });
}
