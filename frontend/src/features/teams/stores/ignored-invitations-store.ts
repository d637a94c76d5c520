import { create } from "zustand";
import { persist } from "zustand/middleware";

interface IgnoredInvitations {
  ignored: string[];
  ignore: (id: string) => void;
  /** Show all invitations again. */
  reset: () => void;
}

/** Invitations that the user does not want to see; their senders are not notified. */
export const useIgnoredInvitations = create<IgnoredInvitations>()(
  persist(
    (set) => ({
      ignored: [],
      ignore: (id) => set(({ ignored }) => ({ ignored: [...ignored, id] })),
      reset: () => set({ ignored: [] }),
    }),
    { name: "warmpath-ignored-invitations" },
  ),
);
