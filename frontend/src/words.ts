/**
 * The words that `words.test.ts` refuses in the app, with the terms of `docs/glossary.md`.
 *
 * `in` says where: texts that a user reads, names (identifiers, files, keys, classes), comments.
 */
export interface BannedWord {
  /** The refused words, in the singular; the test refuses their plural with "s" too. */
  words: readonly string[];
  /** The term to write, or the advice. */
  say: string;
  in: readonly ("texts" | "names" | "comments")[];
}

export const BANNED: readonly BannedWord[] = [
  { words: ["warmth"], say: "strength", in: ["texts", "names", "comments"] },
  { words: ["way"], say: "path, or the manner in another word", in: ["texts", "names"] },
  { words: ["route"], say: "path", in: ["texts"] },
  { words: ["chain"], say: "path", in: ["texts", "names", "comments"] },
  { words: ["step", "degree"], say: "hop", in: ["texts"] },
  { words: ["relationship", "connection", "bond"], say: "tie", in: ["texts", "names"] },
  { words: ["edge"], say: "tie", in: ["texts", "names"] },
  { words: ["score"], say: "strength", in: ["texts", "names", "comments"] },
  { words: ["weight"], say: "strength", in: ["texts", "comments"] },
  { words: ["account", "owner", "tenant"], say: "user", in: ["texts", "names"] },
  { words: ["lead", "customer"], say: "contact", in: ["texts", "names", "comments"] },
  { words: ["referral"], say: "introduction or invitation", in: ["texts", "names", "comments"] },
  { words: ["vendor"], say: "provider", in: ["texts", "names", "comments"] },
  { words: ["quota"], say: "budget", in: ["texts", "names", "comments"] },
  { words: ["tell", "told"], say: "report, answer, return", in: ["names", "comments"] },
  { words: ["own"], say: "nothing, or whose it is", in: ["texts", "names"] },
  { words: ["whoever", "anew", "oneself"], say: "the subject", in: ["texts", "names", "comments"] },
  { words: ["honest", "patient", "lazily", "missed"], say: "what the code does", in: ["names"] },
];

/** Turns of phrase that need a second reading. */
export const TURNS: readonly { turn: RegExp; say: string; in: BannedWord["in"] }[] = [
  {
    turn: /(?<!\bthere )\b(is|are|was|were) no (?!longer|more)/i,
    say: "is not a",
    in: ["texts", "comments"],
  },
  { turn: /^(who|whom|what|whose) /i, say: "the thing it is about", in: ["comments"] },
  { turn: /\bof this id\b/i, say: "with this id", in: ["texts", "comments"] },
  { turn: /\bso many (seconds|times|rows|days)\b/i, say: "the number", in: ["texts", "comments"] },
];

/** Places where a refused word is right, each with its reason. */
export const ALLOWED: readonly { found: RegExp; file?: RegExp; why: string }[] = [
  {
    found: /^(use)?(list|put|delete|import)?relationships?(set|options|import)?$/i,
    why: "the contract calls the operations and models of ties so; functions are named after them",
  },
  {
    found: /^(list|put|delete|import)-relationships?(\.ts)?$/,
    why: "files of the functions named after operations",
  },
  {
    found: /^(set|delete|import)_relationships?$/,
    why: "kinds of operations in the journal are named after the functions of the contract",
  },
  { found: /^\/api\/crm\//, why: "an address of the contract" },
  {
    found: /LinkedIn’s list of connections|Connections\.csv/,
    why: "LinkedIn calls its contacts and its export so",
  },
  {
    found: /warmth/,
    file: /contact-list-store/,
    why: "the stored name of the strength column in browsers that used an earlier version",
  },
  {
    found: /account/i,
    file: /features\/users\//,
    why: "an account at the identity provider is not a user of the product",
  },
  {
    found: /account/i,
    file: /features\/sources\/|types\/api/,
    why: "an account at a mail provider is read as a source; the API calls it so",
  },
  { found: /^own$/, file: /leaderboard/, why: "a name in the answer of GET /viral/leaderboard" },
  { found: /^edge$/i, file: /draw-network/, why: "the border of the canvas" },
];
