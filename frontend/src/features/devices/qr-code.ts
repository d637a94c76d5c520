/**
 * QR codes (ISO/IEC 18004) of short texts: bytes, error correction level L, versions 1 to 10, one mask. A package would bring
 * ten times the code for encodings and levels that the app does not use.
 */

/** Of each version: error correction bytes of a block, and the data bytes of each block. */
const BLOCKS: readonly (readonly [number, readonly number[]])[] = [
  [7, [19]],
  [10, [34]],
  [15, [55]],
  [20, [80]],
  [26, [108]],
  [18, [68, 68]],
  [20, [78, 78]],
  [24, [97, 97]],
  [30, [116, 116]],
  [18, [68, 68, 69, 69]],
];
/** Of each version: rows and columns of the centres of the small squares. */
const SQUARES: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
/** Of level L and mask 0, with the pattern that the standard adds. */
const FORMAT = 0b111011111000100;
const FIRST_WITH_VERSION = 7;

/** Return whether each module is dark, row by row; null for a text that is too long. */
export function qrCode(text: string): boolean[][] | null {
  const bytes = [...new TextEncoder().encode(text)];
  const version = BLOCKS.findIndex(([, blocks]) => sum(blocks) >= bytes.length + 3) + 1;
  if (version === 0) return null;
  return drawn(version, interleaved(version, withHeader(version, bytes)));
}

/** Return an SVG path of the dark modules, one unit each. */
export function qrPath(modules: readonly (readonly boolean[])[]): string {
  return modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Mode, length, text and padding, as the bytes of all blocks. */
function withHeader(version: number, bytes: readonly number[]): number[] {
  const capacity = sum(BLOCKS[version - 1]?.[1] ?? []);
  const bits: number[] = [];
  const push = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, capacity * 8 - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8)
    data.push(bits.slice(at, at + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  for (let pad = 0; data.length < capacity; pad++) data.push(pad % 2 === 0 ? 0xec : 0x11);
  return data;
}

/** The data bytes of all blocks by turns, then the error correction bytes. */
function interleaved(version: number, data: readonly number[]): number[] {
  const [count, sizes] = BLOCKS[version - 1] ?? [0, []];
  let start = 0;
  const blocks = sizes.map((size) => data.slice(start, (start += size)));
  const checks = blocks.map((block) => remainder(block, count));
  const turns = (parts: number[][]) =>
    Array.from({ length: Math.max(...parts.map((part) => part.length)) }, (_, at) =>
      parts.flatMap((part) => part.slice(at, at + 1)),
    ).flat();
  return [...turns(blocks), ...turns(checks)];
}

/** Multiply in the field of 256 elements that QR codes use. */
function times(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((right >> bit) & 1) * left;
  }
  return product;
}

/** Reed-Solomon: the remainder of a block by the polynomial with `count` roots. */
function remainder(block: readonly number[], count: number): number[] {
  let divisor = [1];
  for (let power = 0, root = 1; power < count; power++, root = times(root, 2)) {
    const next: number[] = new Array<number>(divisor.length + 1).fill(0);
    divisor.forEach((factor, at) => {
      next[at] = (next[at] ?? 0) ^ factor;
      next[at + 1] = (next[at + 1] ?? 0) ^ times(factor, root);
    });
    divisor = next;
  }
  const rest: number[] = new Array<number>(count).fill(0);
  for (const byte of block) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let at = 0; at < count; at++) {
      rest[at] = (rest[at] ?? 0) ^ times(divisor[at + 1] ?? 0, factor);
    }
  }
  return rest;
}

function drawn(version: number, bytes: readonly number[]): boolean[][] {
  const size = 17 + 4 * version;
  const dark = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const set = (x: number, y: number, value: boolean) => {
    const row = dark[y];
    const held = fixed[y];
    if (!row || !held || x < 0 || x >= size) return;
    row[x] = value;
    held[x] = true;
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(x + dx, y + dy, ring !== 2 && ring !== 4);
      }
  }
  const centres = SQUARES[version - 1] ?? [];
  const last = centres[centres.length - 1];
  for (const y of centres)
    for (const x of centres) {
      if ((x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6)) continue;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++)
          set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  drawFormat(size, set);
  if (version >= FIRST_WITH_VERSION) drawVersion(version, size, set);
  fill(dark, fixed, bytes);
  return dark;
}

type Set = (x: number, y: number, value: boolean) => void;

function drawFormat(size: number, set: Set): void {
  for (let bit = 0; bit < 15; bit++) {
    const value = ((FORMAT >> bit) & 1) === 1;
    if (bit < 6) set(8, bit, value);
    else if (bit < 8) set(8, bit + 1, value);
    else if (bit === 8) set(7, 8, value);
    else set(14 - bit, 8, value);
    if (bit < 8) set(size - 1 - bit, 8, value);
    else set(8, size - 15 + bit, value);
  }
  set(8, size - 8, true);
}

function drawVersion(version: number, size: number, set: Set): void {
  let rest = version;
  for (let bit = 0; bit < 12; bit++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let bit = 0; bit < 18; bit++) {
    const value = ((bits >> bit) & 1) === 1;
    const far = size - 11 + (bit % 3);
    const near = Math.floor(bit / 3);
    set(far, near, value);
    set(near, far, value);
  }
}

/** Write the bits in columns of two from the right, up and down by turns, and turn every second module over (mask 0). */
function fill(dark: boolean[][], fixed: boolean[][], bytes: readonly number[]): void {
  const size = dark.length;
  let bit = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const up = ((right + 1) & 2) === 0;
    for (let line = 0; line < size; line++) {
      const y = up ? size - 1 - line : line;
      for (const x of [right, right - 1]) {
        const row = dark[y];
        if (!row || fixed[y]?.[x]) continue;
        const byte = bytes[bit >> 3] ?? 0;
        const value = bit < bytes.length * 8 && ((byte >> (7 - (bit & 7))) & 1) === 1;
        row[x] = value !== ((x + y) % 2 === 0);
        bit++;
      }
    }
  }
}
