import { answer, api } from "@/lib/api-client";
import { isJob, jobResult, type OnProgress } from "@/lib/jobs";
import type { Selection } from "@/features/contacts/selection";
import type { BulkChange, BulkOutcome } from "@/types/api";

/** A browser completes a request of a closing page only up to 64 kB; an id takes 39 bytes. */
const MOST_KEPT_ALIVE = 1000;

/**
 * POST /contacts/bulk: one change of many contacts; beyond a thousand it is a job, whose end is
 * waited for.
 */
export async function changeContacts(
  selection: Selection,
  change: Pick<BulkChange, "action" | "value">,
  onProgress: OnProgress,
): Promise<BulkOutcome> {
  const isSmall = !("ids" in selection) || selection.ids.length <= MOST_KEPT_ALIVE;
  const whom = "ids" in selection ? { ids: [...selection.ids] } : { filter: selection.filter };
  const outcome = await answer(
    api.POST("/api/crm/contacts/bulk", { body: { ...whom, ...change }, keepalive: isSmall }),
  );
  return isJob(outcome) ? await jobResult<BulkOutcome>(outcome.id, onProgress) : outcome;
}
