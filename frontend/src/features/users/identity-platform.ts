import { ApiError } from "@/lib/api-error";
import { endOf } from "@/lib/fresh-token";
import type { Credentials } from "@/lib/session";

/** Google's Identity Platform, which the app calls by its REST API: it has no pages itself. */
export interface IdentityPlatformConfig {
  /** Public by nature: it names the project, and allows nothing by itself. */
  api_key: string;
  /** Where Google's emulator answers in its place, such as `http://localhost:9099`. */
  emulator?: string;
}

/** The password was right, and the user has a second factor: a code is needed too. */
export interface CodeWanted {
  pending: string;
  enrollment: string;
}

interface TokenAnswer {
  idToken: string;
  refreshToken: string;
  expiresIn?: string;
}

interface PasswordAnswer extends Partial<TokenAnswer> {
  mfaPendingCredential?: string;
  mfaInfo?: { mfaEnrollmentId: string; totpInfo?: object }[];
}

const ACCOUNTS = "identitytoolkit.googleapis.com";
const TOKENS = "securetoken.googleapis.com";

/** The messages for its error codes. */
const REASONS: Record<string, string> = {
  INVALID_LOGIN_CREDENTIALS: "The address or the password is wrong.",
  EMAIL_NOT_FOUND: "The address or the password is wrong.",
  INVALID_PASSWORD: "The address or the password is wrong.",
  INVALID_EMAIL: "This is not an e-mail address.",
  EMAIL_EXISTS: "This address has an account already: sign in instead.",
  WEAK_PASSWORD: "This password is too short.",
  PASSWORD_DOES_NOT_MEET_REQUIREMENTS: "This password is too easy to guess.",
  USER_DISABLED: "This account was closed.",
  TOO_MANY_ATTEMPTS_TRY_LATER: "Too many attempts. Wait a few minutes, or reset the password.",
  OPERATION_NOT_ALLOWED: "Signing in by password is switched off here.",
  INVALID_MFA_PENDING_CREDENTIAL: "That took too long: sign in again.",
  INVALID_CODE: "This code is wrong or has expired.",
};

/**
 * Sign in with a password.
 *
 * Throws an ApiError with the reason, as every function here does.
 */
export async function signInWithPassword(
  config: IdentityPlatformConfig,
  email: string,
  password: string,
): Promise<Credentials | CodeWanted> {
  const answer = await call<PasswordAnswer>(config, "v1/accounts:signInWithPassword", {
    email,
    password,
    returnSecureToken: true,
  });
  const factor = answer.mfaInfo?.find(({ totpInfo }) => totpInfo);
  if (answer.mfaPendingCredential && factor) {
    return { pending: answer.mfaPendingCredential, enrollment: factor.mfaEnrollmentId };
  }
  return credentialsOf(config, answer);
}

/** Complete a sign-in with the code of an authenticator app. */
export async function signInWithCode(
  config: IdentityPlatformConfig,
  { pending, enrollment }: CodeWanted,
  code: string,
): Promise<Credentials> {
  const answer = await call<TokenAnswer>(config, "v2/accounts/mfaSignIn:finalize", {
    mfaPendingCredential: pending,
    mfaEnrollmentId: enrollment,
    totpVerificationInfo: { verificationCode: code },
  });
  return credentialsOf(config, answer);
}

/**
 * Create an account and send an e-mail that confirms its address; the user is signed in at once.
 */
export async function signUp(
  config: IdentityPlatformConfig,
  person: { email: string; password: string; displayName: string },
): Promise<Credentials> {
  const made = { ...person, returnSecureToken: true };
  const answer = await call<TokenAnswer>(config, "v1/accounts:signUp", made);
  await call(config, "v1/accounts:sendOobCode", {
    requestType: "VERIFY_EMAIL",
    idToken: answer.idToken,
  }).catch(() => null); // the account is there; a mail that failed can be asked for again
  return credentialsOf(config, answer);
}

/**
 * Send a link to set a new password; the answer is the same whether the address is known or not.
 */
export async function sendPasswordReset(
  config: IdentityPlatformConfig,
  email: string,
): Promise<void> {
  const asked = { requestType: "PASSWORD_RESET", email };
  await call(config, "v1/accounts:sendOobCode", asked).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.code === "EMAIL_NOT_FOUND")) throw error;
  });
}

async function call<Answer>(
  config: IdentityPlatformConfig,
  path: string,
  body: object,
): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(addressOf(config, ACCOUNTS, path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw ApiError.unreachable();
  }
  const answer = (await response.json().catch(() => ({}))) as Answer & {
    error?: { message?: string };
  };
  if (response.ok) return answer;
  // Such as "WEAK_PASSWORD : Password should be at least 6 characters".
  const code = (answer.error?.message ?? "").split(/\s*:/, 1)[0] ?? "";
  // The provider's 400 and 403 are about the input, not about a session of the app.
  const status = response.status >= 500 ? response.status : 400;
  throw new ApiError(status, code, REASONS[code] ?? "Signing in was refused.");
}

function credentialsOf(
  config: IdentityPlatformConfig,
  { idToken, refreshToken, expiresIn }: Partial<TokenAnswer>,
): Credentials {
  if (!idToken) throw new ApiError(400, "no_token", "This account cannot sign in here.");
  const renewal = refreshToken && {
    url: addressOf(config, TOKENS, "v1/token"),
    refreshToken,
    parameters: {},
    take: "id_token" as const,
    endsAt: endOf(expiresIn),
  };
  return { token: idToken, renewal: renewal || null };
}

function addressOf(config: IdentityPlatformConfig, host: string, path: string): string {
  const base = config.emulator ? `${config.emulator}/${host}` : `https://${host}`;
  return `${base}/${path}?key=${encodeURIComponent(config.api_key)}`;
}
