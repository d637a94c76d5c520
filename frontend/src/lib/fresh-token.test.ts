import { beforeEach, expect, it, vi } from "vitest";
import { freshToken } from "./fresh-token";
import { useSession } from "./session";

const renewal = {
  url: "https://id.example/token",
  refreshToken: "again",
  parameters: { client_id: "app" },
  take: "id_token" as const,
};
const fetched = vi.spyOn(globalThis, "fetch");

beforeEach(() => {
  fetched.mockReset();
  useSession.getState().signIn({ token: "old", renewal: { ...renewal, endsAt: Date.now() } });
});

it("sends what lasts long enough as it is", async () => {
  useSession
    .getState()
    .signIn({ token: "good", renewal: { ...renewal, endsAt: Date.now() + 1e6 } });
  expect(await freshToken()).toBe("good");
  expect(fetched).not.toHaveBeenCalled();
});

it("renews once for all who ask at once, and keeps the newer refresh token", async () => {
  fetched.mockResolvedValue(
    Response.json({ id_token: "new", refresh_token: "next", expires_in: "3600" }),
  );
  expect(await Promise.all([freshToken(), freshToken()])).toEqual(["new", "new"]);
  expect(fetched).toHaveBeenCalledTimes(1);
  const sent = fetched.mock.calls[0]?.[1]?.body as URLSearchParams;
  expect(Object.fromEntries(sent)).toEqual({
    client_id: "app",
    grant_type: "refresh_token",
    refresh_token: "again",
  });
  const { token, renewal: kept } = useSession.getState();
  expect([token, kept?.refreshToken]).toEqual(["new", "next"]);
  expect(kept?.endsAt).toBeGreaterThan(Date.now() + 3_500_000);
});

it("ends the session when the provider refuses", async () => {
  fetched.mockResolvedValue(Response.json({ error: "invalid_grant" }, { status: 400 }));
  expect(await freshToken()).toBeNull();
  expect(useSession.getState()).toMatchObject({ token: null, renewal: null, expired: true });
});

it("goes on with the old token while the provider cannot be reached", async () => {
  fetched.mockRejectedValueOnce(new TypeError("network"));
  expect(await freshToken()).toBe("old");
  fetched.mockResolvedValueOnce(new Response("", { status: 503 }));
  expect(await freshToken()).toBe("old");
});

it("does not sign in again who has signed out meanwhile", async () => {
  fetched.mockImplementation(() => {
    useSession.getState().signOut();
    return Promise.resolve(Response.json({ id_token: "new" }));
  });
  expect(await freshToken()).toBeNull();
  expect(useSession.getState().token).toBeNull();
});
