import { create } from "zustand";

/** What just happened, with what can be done about it. */
export interface Toast {
  id: number;
  tone: "done" | "problem";
  text: string;
  action?: { label: string; run: () => void } | undefined;
  /** Runs once when the toast is gone without its action having been taken. */
  onSettled?: (() => void) | undefined;
}

interface ToastStore {
  toasts: Toast[];
  show: (toast: Omit<Toast, "id">) => number;
  /** Takes the toast away; `acted` when its action was taken, so that nothing settles. */
  dismiss: (id: number, acted?: boolean) => void;
}

/** Milliseconds a toast stays; undo needs time to be noticed, a problem time to be read. */
export const TOAST_MS = 7000;
const MOST_AT_ONCE = 3;
let lastId = 0;

export const useToasts = create<ToastStore>((set, get) => ({
  toasts: [],
  show: (toast) => {
    lastId += 1;
    const id = lastId;
    const overflow = get().toasts.slice(0, -(MOST_AT_ONCE - 1));
    for (const old of overflow) get().dismiss(old.id);
    set((state) => ({ toasts: [...state.toasts, { ...toast, id }] }));
    setTimeout(() => get().dismiss(id), TOAST_MS);
    return id;
  },
  dismiss: (id, acted = false) => {
    const toast = get().toasts.find((shown) => shown.id === id);
    if (!toast) return;
    set((state) => ({ toasts: state.toasts.filter((shown) => shown.id !== id) }));
    if (acted) toast.action?.run();
    else toast.onSettled?.();
  },
}));
