import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "@/types/api.generated";
import { ApiError } from "@/lib/api-error";
import { freshToken } from "@/lib/fresh-token";
import { noteAnswer, noteAway } from "@/lib/reachability";
import { useSession } from "@/lib/session";

const authorise: Middleware = {
  async onRequest({ request }) {
    const token = await freshToken();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
  },
  onResponse({ request, response }) {
    // Only a token that was sent can have expired; the answer pages of mails send none.
    if (response.status === 401 && request.headers.has("Authorization")) {
      useSession.getState().expire();
    }
  },
};

/** The API, typed by its OpenAPI document. Wrap each call in one of the `answer`s. */
export const api = createClient<paths>({ baseUrl: "" });
api.use(authorise);

interface Outcome<Body> {
  data?: Body | undefined;
  error?: unknown;
  response: Response;
}

/**
 * Return the body of a call.
 *
 * Throws an ApiError for every answer that is not a success, and when there is no answer.
 */
export async function answer<Body>(call: Promise<Outcome<Body>>): Promise<Body> {
  return (await settle(call)).body;
}

/** Like `answer`, with the entity tag that guards the next change. */
export async function answerWithTag<Body>(
  call: Promise<Outcome<Body>>,
): Promise<{ body: Body; etag: string | null; operation: string | null }> {
  const { body, response } = await settle(call);
  return { body, etag: response.headers.get("ETag"), operation: operationOf(response) };
}

/** Like `answer`, with the id of the operation that the change can be undone by. */
export async function answerWithOperation<Body>(
  call: Promise<Outcome<Body>>,
): Promise<{ body: Body; operation: string | null }> {
  const { body, response } = await settle(call);
  return { body, operation: operationOf(response) };
}

function operationOf({ headers }: Response): string | null {
  return headers.get("Operation-Id");
}

async function settle<Body>(
  call: Promise<Outcome<Body>>,
): Promise<{ body: Body; response: Response }> {
  let outcome: Outcome<Body>;
  try {
    outcome = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    noteAway();
    throw ApiError.unreachable();
  }
  note(outcome.response);
  if (!outcome.response.ok) throw ApiError.from(outcome.response, outcome.error);
  return { body: outcome.data as Body, response: outcome.response };
}

/** Statuses of a gateway that cannot reach the server behind it. */
const AWAY = new Set([502, 504]);

function note({ status }: Response): void {
  if (AWAY.has(status)) noteAway();
  else noteAnswer();
}

/**
 * Send requests that the typed client cannot: uploads and downloads.
 *
 * Throws an ApiError like `answer` does.
 */
export async function send(path: string, init: RequestInit): Promise<Response> {
  const token = await freshToken();
  const headers = new Headers(init.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    noteAway();
    throw ApiError.unreachable();
  }
  note(response);
  if (response.ok) return response;
  if (response.status === 401 && token) useSession.getState().expire();
  const body: unknown = await response.json().catch(() => null);
  throw ApiError.from(response, body);
}
