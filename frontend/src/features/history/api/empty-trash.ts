import { answer, api } from "@/lib/api-client";
import { isJob, jobResult, type OnProgress } from "@/lib/jobs";
import type { EmptiedTrash } from "@/types/api";

/**
 * DELETE /contacts/trash: all of it for good; a large one is emptied by a job, whose end is waited
 * for.
 */
export async function emptyTrash(onProgress: OnProgress): Promise<EmptiedTrash> {
  const outcome = await answer(api.DELETE("/api/crm/contacts/trash"));
  return isJob(outcome) ? await jobResult<EmptiedTrash>(outcome.id, onProgress) : outcome;
}
