/** Rows or bytes a second so far, and the seconds that are left at that rate. */
export function pace(
  { done, total }: { done: number; total: number },
  elapsedMs: number,
): { rate: number; leftS: number } {
  const rate = done / Math.max(0.001, elapsedMs / 1000);
  return { rate, leftS: rate > 0 ? (total - done) / rate : Infinity };
}

/** Return a size as people read it: "12 kB", "3.4 MB". */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
