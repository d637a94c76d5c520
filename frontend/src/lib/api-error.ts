import { plural } from "@/lib/format";

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

/** An answer of the API that is not a success, by RFC 9457; status 0 when there was no answer. */
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

  /** Build the error from an answer and its body, which may be anything. */
  static from(response: Response, body: unknown): ApiError {
    const problem: Problem = typeof body === "object" && body !== null ? body : {};
    return new ApiError(
      response.status,
      problem.code ?? `http_${response.status}`,
      problem.detail ?? problem.title ?? response.statusText,
      problem.errors ?? [],
      secondsFrom(response.headers.get("Retry-After")),
      response.headers.get("X-Request-Id"),
    );
  }

  /** The request never got an answer: no network, or no server. */
  static unreachable(): ApiError {
    return new ApiError(0, "unreachable", "The server could not be reached.");
  }
}

const SERVER_PROBLEM = "The server had a problem. Nothing was changed; try again in a moment.";

/** Return in words what went wrong and what to do; for users, so without codes. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong in the app. Reload and try again.";
  const first = error.fields[0];
  switch (error.status) {
    case 0:
      return navigator.onLine
        ? "The server does not answer. Nothing was changed; try again in a moment."
        : "You are offline. Nothing was changed; try again when the network is back.";
    case 401:
      return "You were signed out. Sign in to continue.";
    case 402:
      return "You are out of credits.";
    case 404:
      return "It does not exist any more.";
    case 412:
      return "Somebody changed it in the meantime. The newer version is shown now.";
    case 413:
      return "The file is too large. It may have 32 MB at most.";
    case 429:
      // The wait is hours or days, and the API says why: speed is not the reason.
      if (error.code === "letter_budget_spent") return sentence(error.message);
      return `Too many requests. Try again in ${plural(error.retryAfterS ?? 5, "second")}.`;
    case 422:
      return first ? `${fieldWord(first.field)}: ${first.message}` : error.message;
    case 503:
      if (error.retryAfterS === null) return SERVER_PROBLEM;
      return `The server is busy. Nothing was changed; try again in ${plural(error.retryAfterS, "second")}.`;
    default:
      return error.status >= 500 ? SERVER_PROBLEM : error.message || "The request was refused.";
  }
}

/**
 * Return the seconds of a `Retry-After`, which may be a number or a date; null when it is neither.
 */
function secondsFrom(retryAfter: string | null): number | null {
  if (retryAfter === null || retryAfter.trim() === "") return null;
  const seconds = Number(retryAfter);
  const left = Number.isNaN(seconds) ? (Date.parse(retryAfter) - Date.now()) / 1000 : seconds;
  return Number.isNaN(left) ? null : Math.max(1, Math.ceil(left));
}

/** Return why one call of many was refused, in the API's words and with its status. */
export function reason(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong in the app";
  if (error.status === 0) return "The server could not be reached";
  const [first] = error.fields;
  const words = first ? `${fieldWord(first.field)}: ${first.message}` : error.message;
  const said = (words || "The server gave no reason").replace(/\.$/, "");
  return `${said.charAt(0).toUpperCase()}${said.slice(1)} (${error.status})`;
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
