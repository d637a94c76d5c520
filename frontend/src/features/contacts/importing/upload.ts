import { ApiError } from "@/lib/api-error";

/** Where a file is sent: the address of a resumable upload (Google Cloud Storage's protocol). */
export interface UploadTarget {
  url: string;
  headers: Readonly<Record<string, string>>;
  chunk_bytes: number;
}

export interface UploadOptions {
  signal: AbortSignal;
  /** Called with how many bytes have arrived or are on their way. */
  onProgress: (sent: number) => void;
  /** Called when the line is down, and again when bytes move. */
  onWaiting: (waiting: boolean) => void;
}

/** Chunks are multiples of this, but for the last one. */
export const UNIT_BYTES = 256 * 1024;
/** A chunk that takes longer than this is followed by a smaller one, so that a bad line loses little. */
const CHUNK_MS = 4000;
const REFUSED = "The upload is not open any more: choose the file again.";
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

/**
 * Send a file, from where it stands: also after a reload, and after every interruption of the line.
 *
 * Throws the abort, or the refusal of an address that is not valid any more.
 */
export async function uploadFile(
  file: Blob,
  target: UploadTarget,
  { signal, onProgress, onWaiting }: UploadOptions,
): Promise<void> {
  let at: number | undefined;
  let chunkBytes = Math.min(4 * UNIT_BYTES, target.chunk_bytes);
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    const start = at;
    const end = start === undefined ? 0 : Math.min(file.size, start + chunkBytes);
    const startedAt = Date.now();
    const answer = await put(target, file, start, end, { signal, onProgress });
    signal.throwIfAborted();
    if (answer === null || answer.status >= 500 || answer.status === 429) {
      onWaiting(true);
      await pause(waitMs, signal);
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
      at = undefined; // how much has arrived is asked first
      continue;
    }
    onWaiting(false);
    waitMs = FIRST_WAIT_MS;
    if (answer.status === 200 || answer.status === 201) return;
    if (answer.status !== 308) throw new ApiError(answer.status, "upload_refused", REFUSED);
    at = answer.has;
    onProgress(at);
    if (start !== undefined) {
      const factor = Date.now() - startedAt > CHUNK_MS ? 0.5 : 2;
      chunkBytes = Math.min(target.chunk_bytes, Math.max(UNIT_BYTES, chunkBytes * factor));
    }
  }
}

interface Answer {
  status: number;
  /** How many bytes have arrived. */
  has: number;
}

/** Send one chunk, or without a start ask how much has arrived; null when the line is down. */
function put(
  target: UploadTarget,
  file: Blob,
  start: number | undefined,
  end: number,
  { signal, onProgress }: Pick<UploadOptions, "signal" | "onProgress">,
): Promise<Answer | null> {
  return new Promise((resolve) => {
    // A request of this kind shows how much of its body is gone; `fetch` does not.
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const settle = (answer: Answer | null) => {
      signal.removeEventListener("abort", stop);
      resolve(answer);
    };
    request.open("PUT", target.url);
    for (const [name, value] of Object.entries(target.headers))
      request.setRequestHeader(name, value);
    const range = start === undefined ? "*" : `${start}-${end - 1}`;
    request.setRequestHeader("Content-Range", `bytes ${range}/${file.size}`);
    request.upload.onprogress = ({ loaded }) => onProgress((start ?? 0) + loaded);
    request.onload = () => {
      settle({ status: request.status, has: arrived(request.getResponseHeader("Range")) });
    };
    request.onerror = request.onabort = request.ontimeout = () => settle(null);
    signal.addEventListener("abort", stop);
    if (signal.aborted) settle(null);
    else request.send(start === undefined ? null : file.slice(start, end));
  });
}

/** Read `bytes=0-524287`: 524,288 bytes have arrived. */
export function arrived(range: string | null): number {
  const last = /^bytes=0-(\d+)$/.exec(range ?? "")?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

/** Wait, but no longer than until the line is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
