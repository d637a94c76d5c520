import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-error";
import { useSession } from "@/lib/session";

const RETRIES = 2;
const FIRST_RETRY_MS = 1000;
const TOO_FAST = 429;

/** Return whether a retry may help: no answer, too many requests, or a server that may recover. */
function mayRecover(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 0 || error.status === TOO_FAST || error.status >= 502;
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
      retry: (failures, error) => failures < RETRIES && mayRecover(error),
      retryDelay: waitBefore,
    },
  },
});

// Answers for one user must not reach the next user who signs in here.
useSession.subscribe((session, before) => {
  if (session.token && !before.token) queryClient.clear();
});
