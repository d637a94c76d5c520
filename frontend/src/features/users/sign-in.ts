import { send } from "@/lib/api-client";
import type { IdentityPlatformConfig } from "./identity-platform";
import type { OidcConfig } from "./oidc";

/** How this deployment signs people in: `/config.json`, written beside the app. */
export interface SignInConfig {
  oidc: OidcConfig | null;
  identity_platform?: IdentityPlatformConfig | null;
}

/** The one method that a deployment has. */
export type SignInMethod =
  /** Any OpenID Connect provider: it asks the user on its pages. */
  | { kind: "redirect"; config: OidcConfig }
  /** Google's Identity Platform: it has no pages, so the app asks. */
  | { kind: "password"; config: IdentityPlatformConfig }
  /** The local stack, whose issuer signs anybody in. */
  | { kind: "anybody" };

/** Read how to sign in. */
export async function readSignInMethod(): Promise<SignInMethod> {
  const response = await send("/config.json", {});
  return methodOf((await response.json()) as SignInConfig);
}

/** Return the method that a configuration asks for. */
export function methodOf({ oidc, identity_platform }: SignInConfig): SignInMethod {
  if (oidc) return { kind: "redirect", config: oidc };
  if (identity_platform) return { kind: "password", config: identity_platform };
  return { kind: "anybody" };
}

/** Sign in as anybody: the local stack's issuer asks for no password. */
export async function demoToken(email: string, name?: string): Promise<string> {
  const response = await send("/dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(name ? { email, name } : { email }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
