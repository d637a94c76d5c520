// @vitest-environment node
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { ALLOWED, BANNED, TURNS } from "./words";

type Place = "texts" | "names" | "comments";

interface Found {
  place: Place;
  line: number;
  content: string;
}

const FOLDER = import.meta.dirname;
const FILES = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /\.(tsx?|css)$/.test(file) && !/^words\.|api\.generated/.test(file));
/** Keys, addresses, classes and operations: not meant for users. */
const CODE = /^[^\sA-Z]*$|^(GET|POST|PUT|PATCH|DELETE) \//;

/** Return all problems of a file, one sentence each. */
export function problems(file: string, source: string): string[] {
  return foundIn(file, source).flatMap(({ place, line, content }) => {
    const isAllowed = ALLOWED.some(
      (allowed) => allowed.found.test(content) && (allowed.file?.test(file) ?? true),
    );
    if (isAllowed) return [];
    const written = place === "names" ? split(content) : content.toLowerCase();
    const words = new Set(written.match(/\p{L}+/gu) ?? []);
    const banned = BANNED.filter((row) => row.in.includes(place)).flatMap((row) =>
      row.words
        .filter((word) => words.has(word) || words.has(`${word}s`))
        .map((word) => `"${word}": say ${row.say}`),
    );
    const turns = TURNS.filter((row) => row.in.includes(place) && row.turn.test(content));
    return [...banned, ...turns.map(({ say }) => `say ${say}`)].map(
      (problem) => `${file}:${line} ${problem}, in the ${place}: ${content}`,
    );
  });
}

/** Split an identifier into its words: `strengthColor` has two. */
function split(name: string): string {
  return name.replace(/([a-z\d])(?=[A-Z])/g, "$1 ").toLowerCase();
}

function foundIn(file: string, source: string): Found[] {
  const name: Found = { place: "names", line: 1, content: file.split("/").at(-1) ?? "" };
  if (file.endsWith(".css")) {
    const classes = [...source.matchAll(/\.([a-z][\w-]*)/gi)];
    return [name, ...classes.map((at) => ({ ...name, content: at[1] ?? "" }))];
  }
  return [name, ...commentsOf(source), ...codeOf(file, source)];
}

function commentsOf(source: string): Found[] {
  const comments = source.matchAll(/\/\*[^]*?\*\/|^\s*\/\/.*(?:\n\s*\/\/.*)*|\s\/\/ .*$/gm);
  return [...comments].map(({ 0: text, index }) => ({
    place: "comments",
    line: source.slice(0, index).split("\n").length,
    content: text
      .replace(/^\s*(\/\*+|\*\/|\*|\/\/)|\*\/\s*$/gm, " ")
      .replace(/`[^`]*`/g, "``")
      .replace(/\s+/g, " ")
      .trim(),
  }));
}

function codeOf(file: string, source: string): Found[] {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind);
  const found: Found[] = [];
  const add = (node: ts.Node, text: string) => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const content = text.replace(/\s+/g, " ").trim();
    if (/^(GET|POST|PUT|PATCH|DELETE) \//.test(content)) return;
    found.push({ place: CODE.test(content) ? "names" : "texts", line, content });
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node)) {
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ place: "names", line, content: node.text });
    } else if (ts.isJsxText(node)) {
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ place: "texts", line, content: node.text.replace(/\s+/g, " ").trim() });
    } else if (ts.isStringLiteralLike(node)) add(node, node.text);
    else if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      // A piece of a longer text: its words count, its beginning does not make a sentence.
      add(node, `… ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

describe("the words of the glossary", () => {
  it("are the only ones in texts, names and comments of the app", () => {
    const all = FILES.flatMap((file) => problems(file, readFileSync(join(FOLDER, file), "utf8")));
    expect([...new Set(all)]).toEqual([]);
    // Every file of the app is parsed.
  }, 60_000);

  it.each([
    ["a text", "x.tsx", "const a = <p>The warmest way in</p>;"],
    ["a label", "x.tsx", 'const a = <p title="Warmth">{b}</p>;'],
    ["a template", "x.ts", "const a = `${b} steps away`;"],
    ["a name", "x.ts", "const warmthOf = 1;"],
    ["a key", "x.ts", 'const a = "warmth";'],
    ["a comment", "x.ts", "/** Whoever noted it. */\nconst a = 1;"],
    ["a turn", "x.ts", 'const a = "This is no e-mail address.";'],
    ["a class", "x.css", ".warmth { color: red }"],
    ["a file", "components/warmth.tsx", ""],
  ])("are asked for in %s", (_, file, source) => {
    expect(problems(file, source)).toHaveLength(1);
  });

  it("leave the contract's names and plain meanings alone", () => {
    expect(problems("x.ts", 'useCan("GET /graph/relationships"); usePutRelationship();')).toEqual(
      [],
    );
    expect(problems("x.ts", 'const a = "It is no longer there.";')).toEqual([]);
  });
});
