import { useEffect, useRef } from "react";
import { hotkeysRest, noteClick } from "@/lib/hotkey-guard";

/** Key -> what it does. Keys are `event.key` values, with `mod+` for Ctrl or Cmd. */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>;

/**
 * Listen for keys on the page while mounted.
 *
 * Does nothing while the user types, while something is open over the view, or when a nearer
 * handler has taken the key.
 */
export function useHotkeys(hotkeys: Hotkeys, enabled = true): void {
  const current = useRef(hotkeys);
  useEffect(() => {
    current.current = hotkeys;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const mod = event.metaKey || event.ctrlKey;
      const run = current.current[mod ? `mod+${event.key.toLowerCase()}` : event.key];
      if (run && !hotkeysRest(event)) run(event);
    };
    addEventListener("keydown", onKeyDown);
    addEventListener("click", noteClick, { capture: true });
    return () => {
      removeEventListener("keydown", onKeyDown);
      removeEventListener("click", noteClick, { capture: true });
    };
  }, [enabled]);
}
