import { create } from "zustand";
import { persist, createJSONStorage } from "zustand/middleware";

/** Where identity providers send people back to. */
export const CALLBACK_PATH = "/signed-in";

/** How a token is renewed before it ends (OAuth 2.0, RFC 6749 section 6). */
export interface Renewal {
  /** The token endpoint of the issuer. */
  url: string;
  refreshToken: string;
  /** Further parameters of the endpoint, such as the client. */
  parameters: Record<string, string>;
  /** Which of the answered tokens the API takes. */
  take: "id_token" | "access_token";
  /** When the present token ends, in milliseconds since 1970. */
  endsAt: number;
}

/** The result of signing in, by any method. */
export interface Credentials {
  token: string;
  /** Null: the token cannot be renewed; the user signs in again when it ends. */
  renewal: Renewal | null;
}

interface Session {
  /** The bearer token of the signed-in user, or null. */
  token: string | null;
  renewal: Renewal | null;
  /** Whether a token was refused during a session, so that the sign-in page can say so. */
  expired: boolean;
  signIn: (credentials: Credentials) => void;
  signOut: () => void;
  expire: () => void;
}

/**
 * The session of the user. Kept for the tab only (sessionStorage): a reload stays signed in,
 * another
 * tab or a closed window asks the identity provider again.
 */
export const useSession = create<Session>()(
  persist(
    (set) => ({
      token: null,
      renewal: null,
      expired: false,
      signIn: ({ token, renewal }) => set({ token, renewal, expired: false }),
      signOut: () => set({ token: null, renewal: null, expired: false }),
      expire: () => set({ token: null, renewal: null, expired: true }),
    }),
    { name: "warmpath-session", storage: createJSONStorage(() => sessionStorage) },
  ),
);
