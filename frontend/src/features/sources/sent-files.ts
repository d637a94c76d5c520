import type { Kind } from "@/features/sources/reading/read-file";

/**
 * How far each file was sent, kept in the browser: a file that is chosen again goes on there.
 * Nothing depends on it: lines that are sent twice count once.
 */
export interface SentFile {
  addresses: string[];
  sources: Partial<Record<Kind, string>>;
  sent: Record<Kind, number>;
}

const PREFIX = "warmpath.sources.";

function keyOf({ name, size, lastModified }: File): string {
  return `${PREFIX}${name}/${size}/${lastModified}`;
}

/** Return how far a file was sent; null for one that was not. */
export function sentBefore(file: File): SentFile | null {
  try {
    const text = localStorage.getItem(keyOf(file));
    return text === null ? null : (JSON.parse(text) as SentFile);
  } catch {
    return null;
  }
}

/** Keep how far a file was sent, or with null forget it. */
export function keepSent(file: File, state: SentFile | null): void {
  try {
    if (state) localStorage.setItem(keyOf(file), JSON.stringify(state));
    else localStorage.removeItem(keyOf(file));
  } catch {
    // Full or switched off: the file is sent from its beginning, and counts the same.
  }
}
