import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { countLines, createSource, refreshAfterSources } from "@/features/sources/api/sources";
import type { Contents, Kind } from "@/features/sources/reading/read-file";
import type { ReadingReply, ReadingRequest } from "@/features/sources/reading-worker";
import { keepSent, sentBefore, type SentFile } from "@/features/sources/sent-files";
import { explain } from "@/lib/api-error";

/** The outcome of the lines so far. */
export interface Tally {
  counted: number;
  known: number;
  failed: number;
  leftOut: Record<string, number>;
}

export type Reading =
  | { stage: "none" }
  | { stage: "looking" | "sending"; file: File; read: number; found: number; waiting: boolean }
  | { stage: "asking"; file: File; contents: Contents; before: SentFile | null }
  | { stage: "done"; file: File; contents: Contents; tally: Tally }
  | { stage: "failed"; file: File | null; message: string };

const NOTHING: Reading = { stage: "none" };
const KINDS: readonly Kind[] = ["messages", "events"];

/** A file on its course: looked at, asked about, sent. */
export function useReading() {
  const client = useQueryClient();
  const [reading, setReading] = useState<Reading>(NOTHING);
  const stop = useRef<AbortController | null>(null);

  useEffect(() => () => stop.current?.abort(), []);

  const begin = (file: File, stage: "looking" | "sending") => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setReading({ stage, file, read: 0, found: 0, waiting: false });
    return controller.signal;
  };

  const fail = (file: File, error: unknown, signal: AbortSignal) => {
    if (signal.aborted) return;
    const message = error instanceof ReadingFailed ? error.message : explain(error);
    setReading({ stage: "failed", file, message });
  };

  const progress = (read: number, found: number) =>
    setReading((now) => ("read" in now ? { ...now, read, found } : now));

  const look = async (file: File) => {
    const signal = begin(file, "looking");
    try {
      const contents = await runWorker({ file, send: null }, { signal, onProgress: progress });
      setReading({ stage: "asking", file, contents, before: sentBefore(file) });
    } catch (error) {
      fail(file, error, signal);
    }
  };

  const sendAll = async (file: File, looked: Contents, addresses: string[]) => {
    const signal = begin(file, "sending");
    const tally: Tally = { counted: 0, known: 0, failed: 0, leftOut: { ...looked.leftOut } };
    const state = goingOn(sentBefore(file), addresses);
    const onWaiting = (waiting: boolean) =>
      setReading((now) => ("waiting" in now ? { ...now, waiting } : now));
    try {
      for (const kind of KINDS) {
        if (looked[kind] === 0) continue;
        state.sources[kind] ??= (await createSource(kind, file.name, addresses)).id;
      }
      keepSent(file, state);
      const contents = await runWorker(
        { file, send: { ...state.sent } },
        {
          signal,
          onProgress: progress,
          onLines: async (kind, lines, count) => {
            const answer = await countLines(state.sources[kind] ?? "", kind, lines, {
              signal,
              onWaiting,
            });
            add(tally, answer);
            state.sent[kind] += count;
            keepSent(file, state);
          },
        },
      );
      setReading({ stage: "done", file, contents, tally });
    } catch (error) {
      // A source that was deleted meanwhile is not there to go on with.
      if (error instanceof Error && "status" in error && error.status === 404) keepSent(file, null);
      fail(file, error, signal);
    } finally {
      await refreshAfterSources(client);
    }
  };

  return {
    reading,
    look: (file: File) => void look(file),
    send: (file: File, contents: Contents, addresses: string[]) =>
      void sendAll(file, contents, addresses),
    reset: () => {
      stop.current?.abort();
      setReading(NOTHING);
    },
  };
}

/** The file could not be read, with a message for people. */
class ReadingFailed extends Error {}

/** Go on where the file was left, if it was sent with the same addresses. */
function goingOn(before: SentFile | null, addresses: string[]): SentFile {
  const isSame = before && before.addresses.join(" ") === addresses.join(" ");
  return isSame ? before : { addresses, sources: {}, sent: { messages: 0, events: 0 } };
}

function add(
  tally: Tally,
  answer: { counted: number; known: number; failed: number; left_out: Record<string, number> },
): void {
  tally.counted += answer.counted;
  tally.known += answer.known;
  tally.failed += answer.failed;
  for (const [reason, times] of Object.entries(answer.left_out)) {
    tally.leftOut[reason] = (tally.leftOut[reason] ?? 0) + times;
  }
}

interface RunOptions {
  signal: AbortSignal;
  onProgress: (read: number, found: number) => void;
  onLines?: (kind: Kind, lines: string, count: number) => Promise<void>;
}

function runWorker(request: ReadingRequest, options: RunOptions): Promise<Contents> {
  const { signal, onProgress, onLines } = options;
  const worker = new Worker(new URL("./reading-worker.ts", import.meta.url), { type: "module" });
  return new Promise<Contents>((resolve, reject) => {
    const stopped = () => reject(new DOMException("Reading was stopped.", "AbortError"));
    if (signal.aborted) stopped();
    signal.addEventListener("abort", stopped);
    worker.onerror = () =>
      reject(new ReadingFailed("The file could not be read. Choose it again."));
    worker.onmessage = ({ data }: MessageEvent<ReadingReply>) => {
      if (data.type === "progress") onProgress(data.read, data.messages + data.events);
      else if (data.type === "done") resolve(data.contents);
      else if (data.type === "failed") reject(new ReadingFailed(data.message));
      else {
        const sent = onLines?.(data.kind, data.lines, data.count) ?? Promise.resolve();
        sent.then(() => worker.postMessage({ goOn: true }), reject);
      }
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
