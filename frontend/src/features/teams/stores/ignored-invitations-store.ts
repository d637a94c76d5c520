import { create } from "zustand";
import { persist } from "zustand/middleware";

interface IgnoredInvitations {
  ignored: string[];
  ignore: (id: string) => void;
  /** Shows them all again. */
  reset: () => void;
}

/** Invitations that one does not want to see; whoever has sent them is not told. */
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
