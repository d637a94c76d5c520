import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-error";
import { answer, answerWithOperation, api } from "@/lib/api-client";
import { isJob, jobResult, type OnProgress } from "@/lib/jobs";
import type { MergeOutcome, MergeRequest, SureMerge } from "@/types/api";

const GONE = 404;

/** POST /contacts/merge: the first contact is left with what all of them had. */
export function mergeContacts(request: MergeRequest): Promise<MergeOutcome> {
  return answer(api.POST("/api/crm/contacts/merge", { body: { ...request, dry_run: false } }));
}

/** POST /contacts/merge with `dry_run`: the contact that would be left; nothing is changed. */
export function previewMergeOptions(ids: readonly string[]) {
  return queryOptions({
    queryKey: ["merge-preview", ids] as const,
    queryFn: ({ signal }): Promise<MergeOutcome> => {
      const body = { ids: [...ids], dry_run: true };
      return answer(api.POST("/api/crm/contacts/merge", { body, signal }));
    },
    staleTime: 0,
    gcTime: 60_000,
    // A refusal (409) stays one.
    retry: false,
  });
}

/** POST /contacts/duplicates/merge-sure; many pairs are merged by a job, whose end is waited for. */
export async function mergeSureDuplicates(onProgress: OnProgress): Promise<SureMerge> {
  const outcome: object = await answer(api.POST("/api/crm/contacts/duplicates/merge-sure"));
  return isJob(outcome)
    ? await jobResult<SureMerge>(outcome.id, onProgress)
    : (outcome as SureMerge);
}

/**
 * POST /contacts/duplicates/{id}/dismiss: the two contacts are two people.
 *
 * Returns the operation that can be undone; null when the pair was gone before.
 */
export async function dismissDuplicate(id: string): Promise<string | null> {
  const call = api.POST("/api/crm/contacts/duplicates/{id}/dismiss", { params: { path: { id } } });
  try {
    return (await answerWithOperation(call)).operation;
  } catch (error) {
    if (error instanceof ApiError && error.status === GONE) return null;
    throw error;
  }
}

/** POST /contacts/duplicates/scan: compare all contacts; many by a job, whose end is waited for. */
export async function scanDuplicates(): Promise<void> {
  const outcome = await answer(api.POST("/api/crm/contacts/duplicates/scan"));
  if (isJob(outcome)) await jobResult(outcome.id);
}
