import { ApiError } from "@/lib/api-error";
import { endOf } from "@/lib/fresh-token";
import { CALLBACK_PATH, type Credentials } from "@/lib/session";

/** An OpenID Connect provider, asked by authorisation code with PKCE. */
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

/** The state that must survive the visit at the identity provider. */
interface Pending {
  state: string;
  verifier: string;
  returnTo: string;
}

const PENDING = "warmpath-sign-in";

/** Go to the identity provider (authorisation code with PKCE); the sign-in ends at `returnTo`. */
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
 * Turn the code that the provider sent back into a token.
 *
 * Throws an ApiError when the answer belongs to no sign-in of this tab, or the provider refuses.
 */
export async function finishSignIn(
  config: OidcConfig,
  answer: URLSearchParams,
): Promise<Credentials & { returnTo: string }> {
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
  const tokens = (await response.json()) as Record<string, string | undefined>;
  const take = config.token ?? "id_token";
  const token = tokens[take];
  if (!response.ok || !token) {
    throw new ApiError(400, "sign_in_failed", tokens.error_description ?? "Sign-in was refused.");
  }
  const renewal = tokens.refresh_token
    ? {
        url: token_endpoint,
        refreshToken: tokens.refresh_token,
        parameters: { client_id: config.client_id },
        take,
        endsAt: endOf(tokens.expires_in),
      }
    : null;
  return { token, renewal, returnTo: pending.returnTo };
}

async function discover(config: OidcConfig): Promise<Discovery> {
  const address = `${config.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  return (await (await fetch(address)).json()) as Discovery;
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Return the S256 challenge of a PKCE verifier (RFC 7636). */
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
