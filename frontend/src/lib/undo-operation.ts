import { answer, api } from "@/lib/api-client";
import { plural } from "@/lib/format";
import { isJob, jobResult, type OnProgress } from "@/lib/jobs";
import type { UndoOutcome } from "@/types/api";

interface UndoOptions {
  /** Answer the outcome without changing anything. */
  dryRun?: boolean;
  onProgress?: OnProgress | undefined;
}

/**
 * POST /operations/{id}/undo; a large operation is taken back by a job, whose end is waited for.
 */
export async function undoOperation(
  id: string,
  { dryRun = false, onProgress }: UndoOptions = {},
): Promise<UndoOutcome> {
  const path = { id };
  const outcome = await answer(
    api.POST("/api/crm/operations/{id}/undo", { params: { path }, body: { dry_run: dryRun } }),
  );
  return isJob(outcome) ? await jobResult<UndoOutcome>(outcome.id, onProgress) : outcome;
}

/** Return the outcome of an undo in words, with what stays. */
export function undoSummary(outcome: UndoOutcome): string {
  const done = [
    ...(outcome.restored ? [`${plural(outcome.restored, "contact")} restored`] : []),
    ...(outcome.reverted ? [`${plural(outcome.reverted, "contact")} set back`] : []),
    ...(outcome.removed ? [`${plural(outcome.removed, "contact")} removed`] : []),
    ...(outcome.ties ? [`${plural(outcome.ties, "tie")} set back`] : []),
    ...(outcome.interactions ? [`${plural(outcome.interactions, "interaction")} set back`] : []),
  ];
  const kept = outcome.kept_total
    ? `; ${plural(outcome.kept_total, "contact")} changed since ${outcome.kept_total === 1 ? "stays" : "stay"}`
    : "";
  return (done.join(", ") || "Nothing to set back") + kept;
}
