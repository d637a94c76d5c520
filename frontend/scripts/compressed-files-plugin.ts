import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Files that get smaller; fonts and pictures are compressed already. */
const SHRINKS = /^assets\/.*\.(js|css|svg)$/;
/** Bytes below which a compressed file saves no packet. */
const LEAST = 1000;

/**
 * Writes a brotli and a gzip version beside each file of the build, for servers that compress
 * nothing themselves: the build takes the time once, at the best quality.
 */
export function compressedFiles(): Plugin {
  return {
    name: "compressed-files",
    apply: "build",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => SHRINKS.test(file))) {
        const path = join(dir ?? "dist", name);
        const content = readFileSync(path);
        if (content.length < LEAST) continue;
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
