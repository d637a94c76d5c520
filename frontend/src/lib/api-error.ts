/** A field that the API refused, and why. */
export interface FieldProblem {
  field: string;
  message: string;
}

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  errors?: FieldProblem[];
}

/** An answer of the API that is no success, as RFC 9457 tells it; status 0 when there was none. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly retryAfterS: number | null = null,
    readonly requestId: string | null = null,
  ) {
    super(message);
  }

  /** Builds the error from an answer and its body, which may be no problem document at all. */
  static from(response: Response, body: unknown): ApiError {
    const problem: Problem = typeof body === "object" && body !== null ? body : {};
    const retryAfter = Number(response.headers.get("Retry-After"));
    return new ApiError(
      response.status,
      problem.code ?? `http_${response.status}`,
      problem.detail ?? problem.title ?? response.statusText,
      problem.errors ?? [],
      retryAfter > 0 ? retryAfter : null,
      response.headers.get("X-Request-Id"),
    );
  }

  /** The request never got an answer: no network, or no server. */
  static unreachable(): ApiError {
    return new ApiError(0, "unreachable", "The server could not be reached.");
  }
}

/** Says in words what went wrong and what to do; for people, so without codes. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong in the app. Reload and try again.";
  const first = error.fields[0];
  switch (error.status) {
    case 0:
      return navigator.onLine
        ? "The server does not answer. Nothing was changed; try again in a moment."
        : "You are offline. Nothing was changed; try again when the network is back.";
    case 401:
      return "You were signed out. Sign in to go on.";
    case 402:
      return "You are out of credits.";
    case 404:
      return "It is not there any more.";
    case 412:
      return "Somebody changed it in the meantime. The newer version is shown now.";
    case 413:
      return "The file is too large; 32 MB is the most.";
    case 429:
      // Hours or days, of which the API says why: no matter of being fast.
      if (error.code === "letter_budget_spent") return sentence(error.message);
      return `That was a little fast. Try again in ${error.retryAfterS ?? 5} seconds.`;
    case 422:
      return first ? `${fieldWord(first.field)}: ${first.message}` : error.message;
    default:
      return error.status >= 500
        ? "The server had a problem. Nothing was changed; try again in a moment."
        : error.message || "The request was refused.";
  }
}

function fieldWord(field: string): string {
  return capitalised(field.replaceAll("_", " "));
}

function sentence(message: string): string {
  return `${capitalised(message)}.`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
