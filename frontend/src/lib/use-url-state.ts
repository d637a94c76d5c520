import { useCallback } from "react";
import { useSearchParams } from "react-router-dom";

/** Change to the query string: a text sets, a list sets several, null removes. */
export type UrlChange = Record<string, string | readonly string[] | null>;

/**
 * The view's state in the address, so that every view can be linked to.
 *
 * Returns the parameters and a function that changes some of them. Typing replaces the history
 * entry; opening something (`push`) adds one, so that Back closes it.
 */
export function useUrlState() {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: UrlChange, { push = false } = {}) => {
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries(changes)) {
            next.delete(name);
            const values = typeof value === "string" ? [value] : (value ?? []);
            for (const each of values) if (each !== "") next.append(name, each);
          }
          return next;
        },
        { replace: !push },
      );
    },
    [setParams],
  );
  return [params, change] as const;
}
