import { useEffect, useRef } from "react";
import { hotkeysRest } from "@/lib/hotkey-guard";

/** Milliseconds within which the second key has to follow the first. */
const CHORD_MS = 1200;

/** Listens for two keys after one another, such as `g` then `c`; rests where hot keys rest. */
export function useChords(first: string, onSecond: (key: string) => void): void {
  const current = useRef(onSecond);
  useEffect(() => {
    current.current = onSecond;
  });
  useEffect(() => {
    let firstAt = -Infinity;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || hotkeysRest(event)) return;
      if (event.timeStamp - firstAt < CHORD_MS) {
        firstAt = -Infinity;
        current.current(event.key);
        // The second key of a chord is not the view's own key, such as `g i` and `i`.
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (event.key === first) {
        firstAt = event.timeStamp;
      }
    };
    // Before the views' listeners, which would take the second key for theirs.
    addEventListener("keydown", onKeyDown, { capture: true });
    return () => removeEventListener("keydown", onKeyDown, { capture: true });
  }, [first]);
}
