import { create } from "zustand";

/** What is asked before something that cannot be taken back whole. */
export interface Question {
  title: string;
  text: string;
  /** What the button says that goes through with it. */
  confirm: string;
}

interface ConfirmStore {
  question: Question | null;
  answer: (yes: boolean) => void;
  /** Asks; resolves to whether to go through with it. */
  ask: (question: Question) => Promise<boolean>;
}

export const useConfirm = create<ConfirmStore>((set, get) => ({
  question: null,
  answer: () => undefined,
  ask: (question) =>
    new Promise((resolve) => {
      get().answer(false); // only one thing is asked at a time
      const answer = (yes: boolean) => {
        set({ question: null, answer: () => undefined });
        resolve(yes);
      };
      set({ question, answer });
    }),
}));
