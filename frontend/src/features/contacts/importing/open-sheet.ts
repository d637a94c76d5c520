import type { SheetReplies, SheetRequest } from "./sheet-worker";

/** A file opened in a worker, which cuts, edits and joins it, so that the page stays responsive. */
export interface OpenSheet extends Readonly<SheetReplies["open"]> {
  file: File;
  ask: <Kind extends SheetRequest["ask"]>(
    request: Extract<SheetRequest, { ask: Kind }>,
  ) => Promise<SheetReplies[Kind]>;
  close: () => void;
}

/** Open a file; rejects when no format fits. */
export async function openSheet(file: File): Promise<OpenSheet> {
  const worker = new Worker(new URL("./sheet-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, PromiseWithResolvers>();
  let lastId = 0;
  worker.addEventListener(
    "message",
    (event: MessageEvent<{ id: number; answer?: unknown; error?: string }>) => {
      const { id, answer, error } = event.data;
      if (error === undefined) waiting.get(id)?.resolve(answer);
      else waiting.get(id)?.reject(new Error(error));
      waiting.delete(id);
    },
  );
  const ask: OpenSheet["ask"] = (request) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve: resolve as (answer: unknown) => void, reject });
      worker.postMessage({ id: lastId, request });
    });
  const opened = await ask<"open">({ ask: "open", file });
  return { ...opened, file, ask, close: () => worker.terminate() };
}

interface PromiseWithResolvers {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}
