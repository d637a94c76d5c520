import { useRef, useState, type RefObject } from "react";

const FIELDS =
  "input:not([type=hidden], :disabled), textarea:not(:disabled), select:not(:disabled)";

/**
 * Finds where the focus of something that opens belongs: what says so itself (`data-first`), else
 * its first field, else the whole of it.
 *
 * Returns the ref for what opens, and the ref of what is to have the focus, as Chakra asks for it.
 */
export function useFirstField() {
  const content = useRef<HTMLElement>(null);
  const [first] = useState<RefObject<HTMLElement>>(() => ({
    // Asked for when it has opened: before, there is nothing in it.
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
