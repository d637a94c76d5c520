/**
 * Fails the build when the first load outgrows its budget: every script that the page needs before
 * a route's own chunk, gzipped as the gateway sends it.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 180;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** The entry and what it imports statically, each once. */
function firstLoad(key, seen = new Set()) {
  const chunk = manifest[key];
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) firstLoad(imported, seen);
  return seen;
}

const sizes = [...firstLoad("index.html")].map((file) => {
  const bytes = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  return { file, kb: bytes / 1000 };
});
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
for (const { file, kb } of sizes) console.log(`  ${kb.toFixed(1).padStart(6)} kB  ${file}`);
console.log(`first load ${total.toFixed(1)} kB gzip of ${BUDGET_KB} kB`);
if (total > BUDGET_KB) {
  console.error(`The first load is ${(total - BUDGET_KB).toFixed(1)} kB over its budget.`);
  process.exit(1);
}
