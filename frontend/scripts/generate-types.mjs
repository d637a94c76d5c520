/**
 * Writes src/types/api.generated.ts from the API's OpenAPI document; with --check it only compares
 * and fails when the file is stale.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const document = new URL("../../functions/openapi.json", import.meta.url);
const target = new URL("../src/types/api.generated.ts", import.meta.url);
const HEADER = "// Written by `npm run types` from functions/openapi.json. Do not edit.\n\n";

if (!existsSync(document)) {
  console.error("functions/openapi.json is missing: write it with `make types` at the root.");
  process.exit(1);
}
const text = HEADER + astToString(await openapiTS(document, { defaultNonNullable: false }));
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("src/types/api.generated.ts is stale: run `npm run types`.");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
