import { create } from "zustand";

/** The items of an action that were passed over, each with the reason. */
export interface Failures {
  title: string;
  lines: readonly { key: string; what: string; why: string }[];
  /** How many there are; the lines may be the first of them. */
  total: number;
}

interface FailuresStore {
  listed: Failures | null;
  list: (failures: Failures) => void;
  close: () => void;
}

export const useFailures = create<FailuresStore>((set) => ({
  listed: null,
  list: (listed) => set({ listed }),
  close: () => set({ listed: null }),
}));
