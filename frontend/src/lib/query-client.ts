import { QueryClient, type Query } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-error";
import { keepAnswers } from "@/lib/kept-answers";
import { useReachability } from "@/lib/reachability";
import { useSession } from "@/lib/session";

const RETRIES = 2;
const FIRST_RETRY_MS = 1000;
const TOO_FAST = 429;

/** Return whether a retry may help: too many requests, or a server that may recover. */
function mayRecover(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  // A server without an answer is asked until it is back, and then for all that is shown.
  return error.status === TOO_FAST || error.status >= 502;
}

/** Return milliseconds to wait: what the server asks for, or twice as long each time. */
export function waitBefore(failures: number, error: unknown): number {
  const asked = error instanceof ApiError ? error.retryAfterS : null;
  return asked === null ? FIRST_RETRY_MS * 2 ** failures : asked * 1000;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // Without a network a request fails at once, which is what the app reports.
      networkMode: "always",
      retry: (failures, error) => failures < RETRIES && mayRecover(error),
      retryDelay: waitBefore,
    },
    mutations: { networkMode: "always" },
  },
});

/**
 * Read everything again that is shown, after a change of unknown extent.
 *
 * A list that was scrolled far begins with its first page: reading all its pages again would flood
 * the API.
 */
export async function refreshAll(client: QueryClient): Promise<void> {
  await Promise.all([
    client.resetQueries({ predicate: isLong }),
    client.invalidateQueries({ predicate: (query) => !isLong(query) && isOfUser(query) }),
  ]);
}

/** Return whether a user's change may change the answer; the description of the API stays. */
export function isOfUser({ queryKey }: Query): boolean {
  return queryKey[0] !== "capabilities";
}

function isLong({ state }: Query): boolean {
  const data = state.data as { pages?: unknown[] } | undefined;
  return (data?.pages?.length ?? 0) > 1;
}

keepAnswers(queryClient);

useReachability.subscribe((now, before) => {
  if (now.isAway || !before.isAway) return;
  void queryClient.refetchQueries({ predicate: ({ state }) => state.error !== null });
  void refreshAll(queryClient);
});

// Answers for one user must not reach the next user who signs in here.
useSession.subscribe((session, before) => {
  if (session.token && !before.token) queryClient.clear();
});
