import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { arrived, UNIT_BYTES, uploadFile } from "./upload";

/** A server of resumable uploads that can lose the line. */
class Server {
  bytes = 0;
  requests: string[] = [];
  /** Faults of the next requests: the line breaks before or after the bytes have arrived. */
  faults: ("before" | "after" | number)[] = [];

  answer(range: string): { status: number; range: string | null } | null {
    this.requests.push(range);
    const [, first, last, total] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(range) ?? [];
    const fault = this.faults.shift();
    if (fault === "before") return null;
    if (typeof fault === "number") return { status: fault, range: null };
    if (first !== undefined && Number(first) === this.bytes) this.bytes = Number(last) + 1;
    if (fault === "after") return null;
    const has = this.bytes > 0 ? `bytes=0-${this.bytes - 1}` : null;
    return { status: this.bytes === Number(total) ? 200 : 308, range: has };
  }
}

let server: Server;

class FakeRequest {
  status = 0;
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  #range = "";
  #answered: string | null = null;
  open() {}
  abort() {}
  setRequestHeader(name: string, value: string) {
    if (name === "Content-Range") this.#range = value;
  }
  getResponseHeader() {
    return this.#answered;
  }
  send(body: Blob | null) {
    this.upload.onprogress?.({ loaded: body?.size ?? 0 });
    const answer = server.answer(this.#range);
    queueMicrotask(() => {
      if (!answer) return this.onerror?.();
      this.status = answer.status;
      this.#answered = answer.range;
      this.onload?.();
    });
  }
}

beforeEach(() => {
  server = new Server();
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const target = { url: "https://x/upload", headers: {}, chunk_bytes: 8 * UNIT_BYTES };

async function upload(size: number) {
  const waits: boolean[] = [];
  const sent: number[] = [];
  const signal = new AbortController().signal;
  const options = {
    signal,
    onProgress: (at: number) => sent.push(at),
    onWaiting: (down: boolean) => waits.push(down),
  };
  const done = uploadFile(new Blob([new Uint8Array(size)]), target, options);
  const outcome = done.then(
    () => "done",
    (error: unknown) => (error as Error).message,
  );
  await vi.runAllTimersAsync();
  return { outcome: await outcome, waits, sent };
}

it("sends every byte once in growing chunks, each but the last of whole units", async () => {
  const size = 13 * UNIT_BYTES + 7;
  expect((await upload(size)).outcome).toBe("done");
  expect(server.bytes).toBe(size);
  expect(server.requests).toEqual([
    `bytes */${size}`,
    `bytes 0-${4 * UNIT_BYTES - 1}/${size}`,
    `bytes ${4 * UNIT_BYTES}-${12 * UNIT_BYTES - 1}/${size}`,
    `bytes ${12 * UNIT_BYTES}-${size - 1}/${size}`,
  ]);
});

it("goes on where the server is after a line that broke before, during or behind a chunk", async () => {
  server.faults = ["before", 503, "after", "before"];
  const { outcome, waits, sent } = await upload(9 * UNIT_BYTES);
  expect(outcome).toBe("done");
  expect(server.bytes).toBe(9 * UNIT_BYTES);
  expect(waits).toContain(true);
  expect(waits.at(-1)).toBe(false);
  expect(sent.at(-1)).toBe(9 * UNIT_BYTES);
});

it("goes on with what an earlier page has sent", async () => {
  server.bytes = 3 * UNIT_BYTES;
  await upload(4 * UNIT_BYTES);
  expect(server.requests[1]).toBe(
    `bytes ${3 * UNIT_BYTES}-${4 * UNIT_BYTES - 1}/${4 * UNIT_BYTES}`,
  );
});

it("says to choose the file again when the address is gone", async () => {
  server.faults = [404];
  expect((await upload(10)).outcome).toContain("choose the file again");
});

it.each([
  [null, 0],
  ["bytes=0-524287", 524_288],
  ["nonsense", 0],
])("reads %s as %i bytes", (range, bytes) => {
  expect(arrived(range)).toBe(bytes);
});
