import { queryOptions, type QueryClient } from "@tanstack/react-query";
import type { Counted, Source, SourceList } from "@/types/api";
import type { Kind } from "@/features/sources/reading/read-file";
import { ApiError } from "@/lib/api-error";
import { answer, api, send } from "@/lib/api-client";

const PATH = "/api/crm/sources";
export const sourcesKey = ["sources"] as const;
const KINDS: Readonly<Record<Kind, string>> = { messages: "mail_file", events: "calendar_file" };
/** The longest name that the API takes. */
const LONGEST_NAME = 200;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/** While an account is being read, it is looked at again this often. */
const LOOK_EVERY_MS = 3000;

/** GET /sources: all of them, and the providers that can be signed in to. */
export const sourcesOptions = queryOptions({
  queryKey: [...sourcesKey, "list"] as const,
  queryFn: ({ signal }): Promise<SourceList> => answer(api.GET("/api/crm/sources", { signal })),
  refetchInterval: ({ state }) =>
    state.data?.items.some((source) => isBeingRead(source)) ? LOOK_EVERY_MS : false,
});

/** Return whether an account is read now, or about to be. */
export function isBeingRead({ state }: Source): boolean {
  return state === "waiting" || state === "running";
}

/** POST /sources: add a file as a source, with the addresses that are the user's. */
export async function createSource(
  kind: Kind,
  name: string,
  addresses: readonly string[],
): Promise<Source> {
  const body = { kind: KINDS[kind], name: name.slice(0, LONGEST_NAME), addresses };
  const response = await send(PATH, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Source;
}

/** DELETE /sources/{id}: forget it, and all that came from it. */
export async function deleteSource(id: string): Promise<void> {
  await send(`${PATH}/${id}`, { method: "DELETE" });
}

/**
 * POST /sources/{id}/messages or /events: count a batch of lines.
 *
 * A line that is down and a server that is busy are waited for: the same lines count once.
 */
export async function countLines(
  id: string,
  kind: Kind,
  lines: string,
  { signal, onWaiting }: { signal: AbortSignal; onWaiting: (waiting: boolean) => void },
): Promise<Counted> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      const response = await send(`${PATH}/${id}/${kind}`, {
        method: "POST",
        headers: { "Content-Type": "application/x-ndjson" },
        body: lines,
        signal,
      });
      onWaiting(false);
      return (await response.json()) as Counted;
    } catch (error) {
      if (!(error instanceof ApiError) || !isPassing(error)) throw error;
      onWaiting(true);
      await pause(error.retryAfterS === null ? waitMs : error.retryAfterS * 1000, signal);
    }
  }
}

function isPassing({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("The upload was stopped.", "AbortError"));
    });
  });
}

/** Read again whatever sources change: themselves, people found, contacts, and ties. */
export async function refreshAfterSources(client: QueryClient): Promise<void> {
  await client.invalidateQueries();
}
