import { answer, api } from "@/lib/api-client";
import { ApiError } from "@/lib/api-error";
import type { UndoOutcome } from "@/types/api";

/** Milliseconds between reads of an undo that a job does. */
const POLL_MS = 700;

/**
 * POST /operations/{id}/undo; a large operation is taken back by a job, whose end is waited for.
 *
 * With `dryRun` the outcome is answered and nothing is changed.
 */
export async function undoOperation(id: string, dryRun = false): Promise<UndoOutcome> {
  const path = { id };
  const call = api.POST("/api/crm/operations/{id}/undo", {
    params: { path },
    body: { dry_run: dryRun },
  });
  const outcome = await answer(call);
  return "removed" in outcome ? outcome : await jobResult(outcome.id);
}

async function jobResult(id: string): Promise<UndoOutcome> {
  for (;;) {
    const job = await answer(api.GET("/api/crm/jobs/{id}", { params: { path: { id } } }));
    if (job.status === "done") return job.result as unknown as UndoOutcome;
    if (job.problem) throw new ApiError(409, job.problem.code, job.problem.detail);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
