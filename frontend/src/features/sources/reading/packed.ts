/** The files of a file that are to be streamed: itself, or what is packed in ZIP, TAR or gzip. */

/** A file inside; its bytes may be read once, before the next one is asked for. */
export interface Member {
  name: string;
  chunks: AsyncIterable<Uint8Array>;
}

export interface MembersOptions {
  /** Whether a file is looked at, by its name. */
  wanted: (name: string) => boolean;
  /** Called with how many bytes of the outer file were read so far. */
  onBytes: (read: number) => void;
}

/** The file cannot be read: the message says why and what to do. */
export class BadFile extends Error {}

const CHUNK = 4 << 20;
const MAX_RATIO = 250;
const SMALL_BYTES = 64 << 20;
const END_OF_ZIP = 0x06054b50;
const END_OF_ZIP64 = 0x06064b50;
const LOCATOR_OF_ZIP64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LARGE = 0xffffffff;
const BLOCK = 512;

/** Yield the files, one after the other; throws a BadFile. */
export async function* membersOf(file: File, options: MembersOptions): AsyncGenerator<Member> {
  const head = await bytesAt(file, 0, BLOCK);
  const [first, second] = head;
  if (first === 0x50 && second === 0x4b && head[2] === 3 && head[3] === 4) {
    yield* inZip(file, options);
  } else if (first === 0x1f && second === 0x8b) {
    yield* inGzip(file, options);
  } else if (isTar(head)) {
    yield* inTar(new ByteQueue(slices(file, options.onBytes)), options);
  } else {
    yield { name: file.name, chunks: slices(file, options.onBytes) };
  }
}

async function* slices(file: Blob, onBytes: (read: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += CHUNK) {
    const chunk = await bytesAt(file, at, CHUNK);
    onBytes(at + chunk.length);
    yield chunk;
  }
}

async function bytesAt(file: Blob, at: number, size: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(at, at + size).arrayBuffer());
}

/** Decompress a part of a file; the packed bytes are counted as they are taken. */
async function* unpacked(
  packed: Blob,
  format: CompressionFormat,
  name: string,
  onPacked: (read: number) => void,
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      taken += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const stream = packed.stream().pipeThrough(counted);
  const reader = stream.pipeThrough(new DecompressionStream(format)).getReader();
  let given = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      given += value.length;
      if (given > SMALL_BYTES && given > MAX_RATIO * Math.max(taken, 1)) {
        throw new BadFile(
          `“${name}” unpacks to more than ${MAX_RATIO} times its size: it was made to fill the memory.`,
        );
      }
      onPacked(taken);
      yield value;
    }
  } catch (error) {
    if (error instanceof BadFile) throw error;
    throw new BadFile(`“${name}” is damaged or cut off: download it again.`);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Join small chunks, which decompressors give out, into large ones. */
async function* large(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.length;
    if (size < CHUNK) continue;
    yield joined(held, size);
    [held, size] = [[], 0];
  }
  if (size > 0) yield joined(held, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

interface Entry {
  name: string;
  method: number;
  isEncrypted: boolean;
  packedSize: number;
  offset: number;
}

async function* inZip(file: File, { wanted, onBytes }: MembersOptions): AsyncGenerator<Member> {
  for (const entry of await entriesOf(file)) {
    if (entry.name.endsWith("/") || isSystems(entry.name) || !wanted(entry.name)) continue;
    if (entry.isEncrypted) {
      throw new BadFile(`“${entry.name}” is encrypted: unpack the archive and choose the file.`);
    }
    const header = new DataView((await bytesAt(file, entry.offset, 30)).buffer);
    const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    const packed = file.slice(start, start + entry.packedSize);
    const onPacked = (read: number) => onBytes(start + read);
    if (entry.method === 0) yield { name: entry.name, chunks: slices(packed, onPacked) };
    else if (entry.method === 8) {
      const chunks = unpacked(packed, "deflate-raw", entry.name, onPacked);
      yield { name: entry.name, chunks: large(chunks) };
    } else {
      throw new BadFile(`“${entry.name}” is packed in an unusual form: pack it again as ZIP.`);
    }
  }
  onBytes(file.size);
}

/** The entries of a ZIP's directory, which stands at its end. */
async function entriesOf(file: File): Promise<Entry[]> {
  const damaged = new BadFile(`“${file.name}” is damaged or cut off: download it again.`);
  const tailAt = Math.max(0, file.size - 65_557 - 76);
  const tail = new DataView((await bytesAt(file, tailAt, file.size - tailAt)).buffer);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END_OF_ZIP) end -= 1;
  if (end < 0) throw damaged;
  let size = tail.getUint32(end + 12, true);
  let start = tail.getUint32(end + 16, true);
  if (start === LARGE || size === LARGE || tail.getUint16(end + 10, true) === 0xffff) {
    const locator = end - 20;
    if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR_OF_ZIP64) throw damaged;
    const record = await bytesAt(file, Number(tail.getBigUint64(locator + 8, true)), 56);
    const large64 = new DataView(record.buffer);
    if (record.length < 56 || large64.getUint32(0, true) !== END_OF_ZIP64) throw damaged;
    size = Number(large64.getBigUint64(40, true));
    start = Number(large64.getBigUint64(48, true));
  }
  if (start + size > file.size || size > 256 << 20) throw damaged;
  const bytes = await bytesAt(file, start, size);
  const view = new DataView(bytes.buffer);
  const found: Entry[] = [];
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY;) {
    const nameSize = view.getUint16(at + 28, true);
    const extraSize = view.getUint16(at + 30, true);
    const sizes = sizesOf(view, at, at + 46 + nameSize, extraSize);
    found.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameSize)),
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      ...sizes,
    });
    at += 46 + nameSize + extraSize + view.getUint16(at + 32, true);
  }
  return found;
}

/** Sizes above 4 GB stand in an extra field, only those that do not fit. */
function sizesOf(
  view: DataView,
  at: number,
  extraAt: number,
  extraSize: number,
): { packedSize: number; offset: number } {
  let packedSize = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  for (let field = extraAt; field + 4 <= Math.min(extraAt + extraSize, view.byteLength);) {
    const length = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1) {
      let value = field + 4;
      const next = () => {
        value += 8;
        return value <= view.byteLength ? Number(view.getBigUint64(value - 8, true)) : 0;
      };
      if (view.getUint32(at + 24, true) === LARGE) next();
      if (packedSize === LARGE) packedSize = next();
      if (offset === LARGE) offset = next();
    }
    field += 4 + length;
  }
  return { packedSize, offset };
}

async function* inGzip(file: File, options: MembersOptions): AsyncGenerator<Member> {
  const queue = new ByteQueue(large(unpacked(file, "gzip", file.name, options.onBytes)));
  if (isTar(await queue.peek(BLOCK))) yield* inTar(queue, options);
  else yield { name: file.name.replace(/\.gz$/i, ""), chunks: queue.rest() };
}

async function* inTar(queue: ByteQueue, { wanted }: MembersOptions): AsyncGenerator<Member> {
  let longName = "";
  for (;;) {
    const header = await queue.take(BLOCK);
    if (header.length < BLOCK || header[0] === 0) return;
    const text = (from: number, size: number) =>
      new TextDecoder().decode(header.subarray(from, from + size)).split("\0", 1)[0] ?? "";
    const size = sizeInTar(header, text(124, 12));
    const kind = text(156, 1);
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (kind === "L" || kind === "x") {
      const content = new TextDecoder().decode(await queue.take(padded)).slice(0, size);
      longName = kind === "L" ? (content.split("\0", 1)[0] ?? "") : paxPath(content) || longName;
      continue;
    }
    const prefix = text(345, 155);
    const name = longName || (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100));
    longName = "";
    const part = queue.part(size, padded);
    if ((kind === "0" || kind === "") && !isSystems(name) && wanted(name)) {
      yield { name, chunks: part.chunks };
    }
    await part.pass();
  }
}

function paxPath(content: string): string {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content)?.[1] ?? "";
}

/** Sizes are octal digits, or a large number in base 256. */
function sizeInTar(header: Uint8Array, digits: string): number {
  if (((header[124] ?? 0) & 0x80) === 0) return parseInt(digits.trim() || "0", 8) || 0;
  return header.subarray(128, 136).reduce((sum, byte) => sum * 256 + byte, 0);
}

function isTar(head: Uint8Array): boolean {
  return new TextDecoder().decode(head.subarray(257, 262)) === "ustar";
}

function isSystems(name: string): boolean {
  return /^__MACOSX\/|(^|[\\/])(\.DS_Store$|\._)/.test(name);
}

/** Bytes that are taken in pieces of any size. */
class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array, undefined>;
  #held: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#source = chunks[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#held = joined([this.#held, next.value], this.#held.length + next.value.length);
    return true;
  }

  async peek(size: number): Promise<Uint8Array> {
    while (this.#held.length < size && (await this.#more()));
    return this.#held.subarray(0, size);
  }

  async take(size: number): Promise<Uint8Array> {
    const bytes = await this.peek(size);
    this.#held = this.#held.subarray(bytes.length);
    return bytes;
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    do {
      if (this.#held.length > 0) yield await this.take(this.#held.length);
    } while (await this.#more());
  }

  /** The next bytes as chunks, and a function that passes over what was not read of them. */
  part(
    size: number,
    padded: number,
  ): { chunks: AsyncIterable<Uint8Array>; pass: () => Promise<void> } {
    let left = size;
    let behind = padded - size;
    const takeSome = async (most: number) => {
      if (this.#held.length === 0 && !(await this.#more())) return new Uint8Array();
      return this.take(Math.min(most, this.#held.length));
    };
    async function* chunks(): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const chunk = await takeSome(left);
        if (chunk.length === 0) throw new BadFile("The archive is cut off: download it again.");
        left -= chunk.length;
        yield chunk;
      }
    }
    const pass = async () => {
      for (let skip = left + behind; skip > 0;) {
        const chunk = await takeSome(skip);
        if (chunk.length === 0) return;
        skip -= chunk.length;
      }
      left = 0;
      behind = 0;
    };
    return { chunks: chunks(), pass };
  }
}
