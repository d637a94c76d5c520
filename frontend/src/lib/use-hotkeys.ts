import { useEffect, useRef } from "react";
import { hotkeysRest } from "@/lib/hotkey-guard";

/** Key -> what it does. Keys are `event.key` values, with `mod+` for Ctrl or Cmd. */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>;

/**
 * Listens for keys on the page while mounted.
 *
 * Does nothing while one types, while anything is open over the view, or where a nearer handler
 * has already taken the key.
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
    return () => removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}
