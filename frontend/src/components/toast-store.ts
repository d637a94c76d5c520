import { create } from "zustand";

/** A message about an action that has ended or is running, and what can be done about it. */
export interface Toast {
  id: number;
  tone: "done" | "problem" | "progress";
  text: string;
  action?: { label: string; run: () => void } | undefined;
  /** Shows more about it, without an end of the toast. */
  more?: { label: string; run: () => void } | undefined;
  /** Stays until it is dismissed: it holds content that would be lost, or shows progress. */
  stays?: boolean;
  /** A link to more about it. */
  link?: { label: string; href: string } | undefined;
}

interface ToastStore {
  toasts: Toast[];
  show: (toast: Omit<Toast, "id">) => number;
  /** Replace the text of a toast. */
  update: (id: number, text: string) => void;
  dismiss: (id: number) => void;
  /** Dismiss the toast and run its action. */
  act: (id: number) => void;
}

/** Milliseconds that a toast stays: time to read it; longer where it has an action. */
export const TOAST_MS = 7000;
export const ACTION_MS = 15_000;
const MOST_AT_ONCE = 3;
let lastId = 0;

export const useToasts = create<ToastStore>((set, get) => ({
  toasts: [],
  show: (toast) => {
    lastId += 1;
    const id = lastId;
    const passing = get().toasts.filter((shown) => !shown.stays);
    for (const old of passing.slice(0, -(MOST_AT_ONCE - 1))) get().dismiss(old.id);
    set((state) => ({ toasts: [...state.toasts, { ...toast, id }] }));
    if (!toast.stays) setTimeout(() => get().dismiss(id), toast.action ? ACTION_MS : TOAST_MS);
    return id;
  },
  update: (id, text) =>
    set(({ toasts }) => ({
      toasts: toasts.map((shown) => (shown.id === id ? { ...shown, text } : shown)),
    })),
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((shown) => shown.id !== id) })),
  act: (id) => {
    const toast = get().toasts.find((shown) => shown.id === id);
    get().dismiss(id);
    toast?.action?.run();
  },
}));
