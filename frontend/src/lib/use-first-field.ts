import { useRef, useState, type RefObject } from "react";

const FIELDS =
  "input:not([type=hidden], :disabled), textarea:not(:disabled), select:not(:disabled)";

/**
 * Find the element that takes the focus when a dialog or popup opens: the one marked `data-first`,
 * else its first field, else the whole of it.
 *
 * Returns the ref of the dialog or popup, and the ref of the element for the focus, as Chakra takes
 * it.
 */
export function useFirstField() {
  const content = useRef<HTMLElement>(null);
  const [first] = useState<RefObject<HTMLElement>>(() => ({
    // Read after opening: before, the content is empty.
    get current() {
      const opened = content.current;
      return opened?.querySelector<HTMLElement>("[data-first]") ?? fieldOf(opened) ?? opened;
    },
  }));
  return { content, first };
}

function fieldOf(opened: HTMLElement | null) {
  return opened?.querySelector<HTMLElement>(FIELDS);
}
