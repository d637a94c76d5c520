import { create } from "zustand";

/** Milliseconds between two questions whether the server is back. */
const PROBE_MS = 3000;

interface Reachability {
  /** The last request got no answer, and no request since then has got one. */
  isAway: boolean;
}

export const useReachability = create<Reachability>()(() => ({ isAway: false }));

let timer: ReturnType<typeof setTimeout> | undefined;

/** Note that a request got no answer; from then on the server is asked until it is back. */
export function noteAway(): void {
  if (useReachability.getState().isAway) return;
  useReachability.setState({ isAway: true });
  timer = setTimeout(() => void probe(), PROBE_MS);
}

/** Note an answer of the server, whatever it says. */
export function noteAnswer(): void {
  if (!useReachability.getState().isAway) return;
  clearTimeout(timer);
  useReachability.setState({ isAway: false });
}

async function probe(): Promise<void> {
  clearTimeout(timer);
  if (!useReachability.getState().isAway) return;
  const response = await fetch("/api/crm/health", { cache: "no-store" }).catch(() => null);
  if (response?.ok) noteAnswer();
  else timer = setTimeout(() => void probe(), PROBE_MS);
}

addEventListener("online", () => void probe());
