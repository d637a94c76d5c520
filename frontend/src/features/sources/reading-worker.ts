import { BadFile } from "@/features/sources/reading/packed";
import { readFile, type Contents, type Kind } from "@/features/sources/reading/read-file";

/** Reads a file of mail or calendars off the page. Bodies are passed over and never leave it. */

/** Look at a file, or read it again and hand out its facts behind those that were sent before. */
export interface ReadingRequest {
  file: File;
  /** Null: only look. */
  send: Record<Kind, number> | null;
}

/** The next lines may come: their answer has arrived. */
export interface ReadingGoOn {
  goOn: true;
}

export type ReadingReply =
  | { type: "progress"; read: number; messages: number; events: number }
  | { type: "lines"; kind: Kind; lines: string; count: number }
  | { type: "done"; contents: Contents }
  | { type: "failed"; message: string };

/** The most that one request to the API may have. */
const MOST_LINES = 5000;
const MOST_BYTES = 7_500_000;
const PROGRESS_MS = 100;

let goOn = () => {};

onmessage = ({ data }: MessageEvent<ReadingRequest | ReadingGoOn>) => {
  if ("goOn" in data) goOn();
  else void run(data);
};

async function run({ file, send }: ReadingRequest): Promise<void> {
  const counts: Record<Kind, number> = { messages: 0, events: 0 };
  const held: Record<Kind, { lines: string[]; bytes: number }> = {
    messages: { lines: [], bytes: 0 },
    events: { lines: [], bytes: 0 },
  };
  const waiting: { kind: Kind; lines: string[] }[] = [];
  let read = 0;
  let shownAt = 0;
  const flush = (kind: Kind) => {
    if (held[kind].lines.length > 0) waiting.push({ kind, lines: held[kind].lines });
    held[kind] = { lines: [], bytes: 0 };
  };
  const sendWaiting = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { kind, lines } = next;
      const answered = new Promise<void>((resolve) => (goOn = resolve));
      reply({ type: "lines", kind, lines: lines.join("\n"), count: lines.length });
      await answered;
    }
  };
  try {
    const contents = await readFile(file, {
      now: Date.now() / 1000,
      onBytes: (bytes) => (read = bytes),
      onLine: (kind, line) => {
        counts[kind] += 1;
        if (!send || counts[kind] <= send[kind]) return;
        const text = line();
        const batch = held[kind];
        // UTF-8 has at most three bytes a unit.
        if (batch.bytes + text.length * 3 > MOST_BYTES || batch.lines.length >= MOST_LINES) {
          flush(kind);
        }
        held[kind].lines.push(text);
        held[kind].bytes += text.length * 3 + 1;
      },
      pause: async () => {
        const now = performance.now();
        if (now - shownAt > PROGRESS_MS) {
          shownAt = now;
          reply({ type: "progress", read, ...counts });
        }
        await sendWaiting();
      },
    });
    flush("messages");
    flush("events");
    await sendWaiting();
    reply({ type: "progress", read: file.size, ...counts });
    reply({ type: "done", contents });
  } catch (error) {
    const message =
      error instanceof BadFile ? error.message : "The file could not be read. Choose it again.";
    reply({ type: "failed", message });
  }
}

function reply(message: ReadingReply): void {
  postMessage(message);
}
