import { useEffect, useRef } from "react";
import { isTyping } from "@/lib/use-hotkeys";

/** Milliseconds within which the second key has to follow the first. */
const CHORD_MS = 1200;

/** Listens for two keys after one another, such as `g` then `c`; does nothing while one types. */
export function useChords(first: string, onSecond: (key: string) => void): void {
  const current = useRef(onSecond);
  useEffect(() => {
    current.current = onSecond;
  });
  useEffect(() => {
    let firstAt = -Infinity;
    const onKeyDown = (event: KeyboardEvent) => {
      const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
      if (!plain || isTyping(event.target) || event.defaultPrevented) return;
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
