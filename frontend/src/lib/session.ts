import { create } from "zustand";
import { persist, createJSONStorage } from "zustand/middleware";

interface Session {
  /** The bearer token of the signed-in user, or null. */
  token: string | null;
  /** Whether a token was refused in the middle of things, so that signing in can say so. */
  expired: boolean;
  signIn: (token: string) => void;
  signOut: () => void;
  expire: () => void;
}

/**
 * Who is signed in. Kept for the tab only (sessionStorage): a reload stays signed in, another
 * tab or a closed window asks the identity provider again.
 */
export const useSession = create<Session>()(
  persist(
    (set) => ({
      token: null,
      expired: false,
      signIn: (token) => set({ token, expired: false }),
      signOut: () => set({ token: null, expired: false }),
      expire: () => set({ token: null, expired: true }),
    }),
    { name: "warmpath-session", storage: createJSONStorage(() => sessionStorage) },
  ),
);
