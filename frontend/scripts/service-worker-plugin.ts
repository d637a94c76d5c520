import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const SOURCE = fileURLToPath(new URL("./service-worker.js", import.meta.url));

/**
 * Writes `sw.js`, the offline shell, with the list of the build's own files and a version that
 * changes exactly when one of them does.
 */
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle)
        .filter((name) => name.startsWith("assets/") && !isForeignScript(name) && !isDemo(name))
        .map((name) => `/${name}`)
        .sort();
      const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
      const source = readFileSync(SOURCE, "utf8")
        .replace("__VERSION__", version)
        .replace("__FILES__", JSON.stringify(files));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

/** The demo network is fetched by those who try it, and by nobody without the API. */
function isDemo(name: string): boolean {
  return name.includes("/demo-files-");
}

/** Fonts of other scripts load when a name needs them; the shell does not wait for them. */
function isForeignScript(name: string): boolean {
  return name.endsWith(".woff2") && !/inter-latin-wght/.test(name);
}
