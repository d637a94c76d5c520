import { answer, api } from "@/lib/api-client";
import type { AccountBody, Source } from "@/types/api";

/** The kinds of accounts that are read by a password. */
export type PasswordKind = "imap" | "caldav";

/** POST /sources with an account: sign in to it, and have it read. */
export function connectAccount(
  kind: PasswordKind,
  name: string,
  addresses: string[],
  account: AccountBody,
): Promise<Source> {
  return answer(api.POST("/api/crm/sources", { body: { kind, name, addresses, account } }));
}

/** PATCH /sources/{id}: replace the account, such as by a new password. */
export function changeAccount(id: string, account: AccountBody): Promise<Source> {
  const params = { path: { id } };
  return answer(api.PATCH("/api/crm/sources/{id}", { params, body: { account } }));
}

/** POST /sources/{id}/sync: read an account as soon as possible. */
export function requestSync(id: string): Promise<Source> {
  return answer(api.POST("/api/crm/sources/{id}/sync", { params: { path: { id } } }));
}

/** Leave the app for the consent of a provider, which sends the user back to `/sources/connected`. */
export async function goToConsent(id: string): Promise<void> {
  const params = { path: { id } };
  const { url } = await answer(api.POST("/api/crm/sources/{id}/sign-in", { params }));
  window.location.assign(url);
}

/** POST /sources for a provider, and leave the app for its consent. */
export async function connectProvider(kind: "google" | "microsoft", name: string): Promise<void> {
  const source = await answer(api.POST("/api/crm/sources", { body: { kind, name } }));
  await goToConsent(source.id);
}

/** POST /sources/sign-in: finish a consent with what the provider has sent the user back with. */
export function finishSignIn(sent: URLSearchParams): Promise<Source> {
  const body = {
    state: sent.get("state") ?? "",
    code: sent.get("code"),
    error: sent.get("error") ?? "",
  };
  return answer(api.POST("/api/crm/sources/sign-in", { body }));
}
