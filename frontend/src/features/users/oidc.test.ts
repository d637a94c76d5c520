import { expect, it, vi } from "vitest";
import { challengeOf, finishSignIn } from "./oidc";

it("makes the challenge of the example in RFC 7636", async () => {
  const challenge = await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  expect(challenge).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

it("refuses an answer to a sign-in that was not started here, without asking for a token", async () => {
  const fetched = vi.spyOn(globalThis, "fetch");
  const config = { issuer: "https://id.example", client_id: "app" };
  sessionStorage.setItem(
    "warmpath-sign-in",
    JSON.stringify({ state: "mine", verifier: "v", returnTo: "/" }),
  );
  const foreign = new URLSearchParams({ code: "c", state: "theirs" });
  await expect(finishSignIn(config, foreign)).rejects.toThrow("not started here");
  expect(fetched).not.toHaveBeenCalled();
});
