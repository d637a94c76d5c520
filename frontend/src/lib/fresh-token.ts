import { useSession, type Renewal } from "@/lib/session";

/**
 * Milliseconds before its end at which the token is renewed, so that it never ends during a
 * request.
 */
const EARLY_MS = 60_000;

interface Renewed extends Record<string, unknown> {
  refresh_token?: string;
  expires_in?: number | string;
}

let renewing: Promise<string | null> | null = null;

/**
 * Return the token to send, renewed when it is about to end; null without a session.
 *
 * Concurrent callers share one renewal. A refusal of the provider ends the session; a provider that
 * cannot be reached does not: the old token may be valid for another minute.
 */
export async function freshToken(): Promise<string | null> {
  const { token, renewal } = useSession.getState();
  if (!token || !renewal || Date.now() < renewal.endsAt - EARLY_MS) return token;
  renewing ??= renew(renewal, token).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renew(renewal: Renewal, token: string): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch(renewal.url, {
      method: "POST",
      body: new URLSearchParams({
        ...renewal.parameters,
        grant_type: "refresh_token",
        refresh_token: renewal.refreshToken,
      }),
    });
  } catch {
    return token;
  }
  if (response.status >= 500) return token;
  const answer = (await response.json().catch(() => ({}))) as Renewed;
  const fresh = answer[renewal.take];
  // A user who has signed out meanwhile, or in as another user, stays so.
  if (useSession.getState().token !== token) return useSession.getState().token;
  if (!response.ok || typeof fresh !== "string") {
    useSession.getState().expire();
    return null;
  }
  const refreshToken = answer.refresh_token ?? renewal.refreshToken;
  const endsAt = endOf(answer.expires_in);
  useSession.getState().signIn({ token: fresh, renewal: { ...renewal, refreshToken, endsAt } });
  return fresh;
}

/** Return the end of a token by its seconds of life; an hour when the provider names none. */
export function endOf(expiresIn: number | string | undefined): number {
  return Date.now() + (Number(expiresIn) || 3600) * 1000;
}
