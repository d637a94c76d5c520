import { describe, expect, it } from "vitest";
import { ApiError, explain, reason } from "./api-error";

describe("ApiError.from", () => {
  it("reads a problem document", () => {
    const response = new Response(null, {
      status: 429,
      headers: { "Retry-After": "12", "X-Request-Id": "abc" },
    });
    const error = ApiError.from(response, { detail: "slow down", code: "rate_limited" });
    expect(error).toMatchObject({
      status: 429,
      code: "rate_limited",
      message: "slow down",
      retryAfterS: 12,
      requestId: "abc",
    });
    expect(explain(error)).toContain("12 seconds");
  });
  it("reads a Retry-After that is a date", () => {
    const headers = { "Retry-After": new Date(Date.now() + 30_000).toUTCString() };
    const { retryAfterS } = ApiError.from(new Response(null, { status: 503, headers }), null);
    expect(retryAfterS).toBeGreaterThan(27);
    expect(retryAfterS).toBeLessThanOrEqual(30);
  });
  it("accepts a body that is not a problem document", () => {
    const error = ApiError.from(new Response(null, { status: 502 }), "<html>");
    expect(error.code).toBe("http_502");
    expect(explain(error)).toContain("Nothing was changed");
  });
});

describe("explain", () => {
  it("names the field that was refused", () => {
    const fields = [{ field: "linkedin_url", message: "is not a LinkedIn profile" }];
    const error = new ApiError(422, "validation_failed", "invalid", fields);
    expect(explain(error)).toBe("Linkedin url: is not a LinkedIn profile");
  });
  it("says why no letter may leave, and not that there were too many requests", () => {
    const detail = "the letters of a day are spent; there is room in 9 hours";
    const error = new ApiError(429, "letter_budget_spent", detail, [], 30_000);
    expect(explain(error)).toBe("The letters of a day are spent; there is room in 9 hours.");
  });
  it("does not show users the internals of a failure", () => {
    expect(explain(new TypeError("x is undefined"))).not.toContain("undefined");
  });
});

describe("reason", () => {
  it("is the API's, with its status", () => {
    expect(reason(new ApiError(409, "conflict", "this contact is you"))).toBe(
      "This contact is you (409)",
    );
    expect(reason(new ApiError(500, "http_500", ""))).toBe("The server gave no reason (500)");
    expect(reason(ApiError.unreachable())).toBe("The server could not be reached");
  });
});
