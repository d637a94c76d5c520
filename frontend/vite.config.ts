import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressedFiles } from "./scripts/compressed-files-plugin";
import { serviceWorker } from "./scripts/service-worker-plugin";

/** Where `make dev` finds the API: the local stack's gateway. */
const gateway = process.env.GATEWAY_URL ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react(), serviceWorker(), compressedFiles()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/dev", "/respond", "/config.json"].map((path) => [path, gateway]),
    ),
  },
  build: {
    target: "es2022",
    manifest: true,
    // Font files and icons stay files: inlined, they would be paid for again in every chunk.
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        // What every view needs and only a release changes; apart from it, an edit of the app
        // would make every browser fetch React again.
        manualChunks: { framework: ["react", "react-dom", "react-router-dom"] },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
    // A machine that builds and tests several things at once takes its time.
    testTimeout: 60_000,
  },
});
