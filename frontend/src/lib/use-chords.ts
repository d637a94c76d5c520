import { useEffect, useRef } from "react";
import { hotkeysRest } from "@/lib/hotkey-guard";

/** Milliseconds within which the second key has to follow the first. */
const CHORD_MS = 1200;

/** Listen for two keys after one another, such as `g` then `c`; rests where hot keys rest. */
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
        // The second key of a chord must not act as a key of the view, such as `i` in `g i`.
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (event.key === first) {
        firstAt = event.timeStamp;
      }
    };
    // Before the views' listeners, which would act on the second key.
    addEventListener("keydown", onKeyDown, { capture: true });
    return () => removeEventListener("keydown", onKeyDown, { capture: true });
  }, [first]);
}
