import { create } from "zustand";

/** A question before a change that cannot be undone completely. */
export interface Question {
  title: string;
  text: string;
  /** The label of the button that confirms. */
  confirm: string;
}

interface ConfirmStore {
  question: Question | null;
  answer: (yes: boolean) => void;
  /** Ask the question; resolves to true when the user confirms. */
  ask: (question: Question) => Promise<boolean>;
}

export const useConfirm = create<ConfirmStore>((set, get) => ({
  question: null,
  answer: () => undefined,
  ask: (question) =>
    new Promise((resolve) => {
      get().answer(false); // one question at a time: a newer one cancels the older
      const answer = (yes: boolean) => {
        set({ question: null, answer: () => undefined });
        resolve(yes);
      };
      set({ question, answer });
    }),
}));
