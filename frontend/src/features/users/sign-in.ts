import { ApiError } from "@/lib/api-error";
import { send } from "@/lib/api-client";

/** How this deployment signs people in: `/config.json`, written beside the app. */
export interface SignInConfig {
  /** Null in the local stack, whose own issuer signs anybody in. */
  oidc: OidcConfig | null;
}

export interface OidcConfig {
  issuer: string;
  client_id: string;
  scope?: string;
  /** Which token the API takes; identity providers with opaque access tokens want the ID token. */
  token?: "id_token" | "access_token";
  audience?: string;
}

interface Discovery {
  authorization_endpoint: string;
  token_endpoint: string;
}

/** What must outlive the trip to the identity provider. */
interface Pending {
  state: string;
  verifier: string;
  returnTo: string;
}

const PENDING = "warmpath-sign-in";
export const CALLBACK_PATH = "/signed-in";

/** Reads how to sign in. */
export async function readSignInConfig(): Promise<SignInConfig> {
  const response = await send("/config.json", {});
  return (await response.json()) as SignInConfig;
}

/** Signs in as anybody: the local stack's issuer asks for no password. */
export async function demoToken(email: string, name?: string): Promise<string> {
  const response = await send("/dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(name ? { email, name } : { email }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Leaves for the identity provider (authorisation code with PKCE); `returnTo` is where to end. */
export async function startSignIn(config: OidcConfig, returnTo: string): Promise<void> {
  const { authorization_endpoint } = await discover(config);
  const pending: Pending = { state: randomText(), verifier: randomText(), returnTo };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL(authorization_endpoint);
  const parameters: Record<string, string> = {
    response_type: "code",
    client_id: config.client_id,
    redirect_uri: location.origin + CALLBACK_PATH,
    scope: config.scope ?? "openid email profile",
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: "S256",
    ...(config.audience ? { audience: config.audience } : {}),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

/**
 * Turns the code that the provider sent back into a token.
 *
 * Throws an ApiError when the answer belongs to no sign-in of this tab, or the provider refuses.
 */
export async function finishSignIn(
  config: OidcConfig,
  answer: URLSearchParams,
): Promise<{ token: string; returnTo: string }> {
  const kept = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  const pending = kept ? (JSON.parse(kept) as Pending) : null;
  const code = answer.get("code");
  if (!pending || !code || answer.get("state") !== pending.state) {
    const detail = answer.get("error_description") ?? "This sign-in was not started here.";
    throw new ApiError(400, "sign_in_failed", detail);
  }
  const { token_endpoint } = await discover(config);
  const response = await fetch(token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: config.client_id,
      code,
      redirect_uri: location.origin + CALLBACK_PATH,
      code_verifier: pending.verifier,
    }),
  });
  const tokens = (await response.json()) as Record<string, string>;
  const token = tokens[config.token ?? "id_token"];
  if (!response.ok || !token) {
    throw new ApiError(400, "sign_in_failed", tokens.error_description ?? "Sign-in was refused.");
  }
  return { token, returnTo: pending.returnTo };
}

async function discover(config: OidcConfig): Promise<Discovery> {
  const address = `${config.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  return (await (await fetch(address)).json()) as Discovery;
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Returns the S256 challenge of a PKCE verifier (RFC 7636). */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64Url(new Uint8Array(digest));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
