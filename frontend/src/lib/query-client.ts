import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-error";
import { useSession } from "@/lib/session";

const RETRIES = 2;

/** Worth asking again: no answer, too fast, or a server that may recover. */
function mayRecover(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < RETRIES && mayRecover(error),
    },
  },
});

// What one user was answered is not for the next who signs in here.
useSession.subscribe((session, before) => {
  if (session.token && !before.token) queryClient.clear();
});
