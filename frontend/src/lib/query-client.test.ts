import { expect, it } from "vitest";
import { ApiError } from "./api-error";
import { queryClient, waitBefore } from "./query-client";
import { useSession } from "./session";

const tooFast = new ApiError(429, "too_many_requests", "", [], 7);

it("waits as long as the server asks for, else twice as long each time", () => {
  expect(waitBefore(0, tooFast)).toBe(7000);
  expect([0, 1].map((failures) => waitBefore(failures, ApiError.unreachable()))).toEqual([
    1000, 2000,
  ]);
});

it("asks again after an answer that may change, and not after one that will not", () => {
  const retry = queryClient.getDefaultOptions().queries?.retry as (
    failures: number,
    error: Error,
  ) => boolean;
  expect(retry(0, tooFast)).toBe(true);
  expect(retry(2, tooFast)).toBe(false);
  expect(retry(0, new ApiError(404, "not_found", ""))).toBe(false);
});

it("forgets what one user was answered before the next one signs in", () => {
  const credentials = { token: "a", renewal: null };
  useSession.getState().signIn(credentials);
  queryClient.setQueryData(["contacts"], "of the first");
  useSession.getState().signOut();
  useSession.getState().signIn({ ...credentials, token: "b" });
  expect(queryClient.getQueryData(["contacts"])).toBeUndefined();
});
