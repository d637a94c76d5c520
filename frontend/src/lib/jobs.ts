import { answer, api } from "@/lib/api-client";
import { ApiError } from "@/lib/api-error";
import type { Job } from "@/types/api";

/** Milliseconds between reads of a job. */
const POLL_MS = 700;

export type OnProgress = (done: number, total: number) => void;

/** Return whether an answer is a job that goes on, and not the outcome of work done at once. */
export function isJob(outcome: object): outcome is Job {
  return "progress" in outcome && "status" in outcome;
}

/**
 * Wait for the end of a job and return its result.
 *
 * Throws an ApiError with the job's problem where it failed. A read that fails is repeated: the job
 * goes on without the app.
 */
export async function jobResult<Result>(id: string, onProgress?: OnProgress): Promise<Result> {
  for (;;) {
    const job = await readJob(id);
    if (job?.status === "done") return job.result as unknown as Result;
    if (job?.problem) throw new ApiError(409, job.problem.code, job.problem.detail);
    if (job?.status === "cancelled") throw new ApiError(409, "cancelled", "It was stopped.");
    if (job) onProgress?.(job.progress.done, job.progress.total ?? job.progress.done);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function readJob(id: string): Promise<Job | null> {
  try {
    return await answer(api.GET("/api/crm/jobs/{id}", { params: { path: { id } } }));
  } catch (error) {
    const passes = error instanceof ApiError && (error.status === 0 || error.status >= 429);
    if (passes) return null;
    throw error;
  }
}
