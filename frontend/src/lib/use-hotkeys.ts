import { useEffect, useRef } from "react";

/** Key -> what it does. Keys are `event.key` values, with `mod+` for Ctrl or Cmd. */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>;

/** Keys that mean something to a field must not be taken from it; these may. */
const EVEN_WHILE_TYPING = new Set(["Escape"]);

/**
 * Listens for keys on the page while mounted.
 *
 * Does nothing while one types, while a dialog is open over the view, or where a nearer handler
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
      if (event.defaultPrevented || event.altKey) return;
      const mod = event.metaKey || event.ctrlKey;
      const key = mod ? `mod+${event.key.toLowerCase()}` : event.key;
      const run = current.current[key];
      if (!run) return;
      if (!mod && isTyping(event.target) && !EVEN_WHILE_TYPING.has(event.key)) return;
      if (!mod && document.querySelector("[aria-modal=true]")) return;
      run(event);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}

/** Tells whether the event's target takes text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"))
  );
}
