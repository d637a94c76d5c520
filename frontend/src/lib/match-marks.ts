/** A piece of text, marked or not. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Letters that no decomposition turns into a plain one, as the search folds them too. */
const FOLDS: Record<string, string> = { ø: "o", đ: "d", ł: "l", ß: "s", æ: "a", œ: "o", ı: "i" };

/** Fold case and accents, one character for one, so that positions stay the same. */
function fold(text: string): string {
  let folded = "";
  for (const char of text) {
    const lower = char.toLowerCase();
    const plain = FOLDS[lower] ?? lower.normalize("NFD").charAt(0);
    folded += plain.padEnd(char.length, " ").slice(0, char.length);
  }
  return folded;
}

/**
 * Split a text into marked and unmarked pieces: words that begin with a word of the query, or are
 * a small typo away from one. Joined, the pieces are the text.
 */
export function matchMarks(text: string, query: string): Piece[] {
  const terms = fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (terms.length === 0 || text === "") return [{ text, marked: false }];
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of fold(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    const length = Math.max(...terms.map((term) => markedLength(found[0], term)));
    if (length === 0) continue;
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), marked: false });
    end = found.index + length;
    pieces.push({ text: text.slice(found.index, end), marked: true });
  }
  if (end < text.length) pieces.push({ text: text.slice(end), marked: false });
  return pieces;
}

/** How much of a word a term marks: the prefix it is, the whole word for a typo, else nothing. */
function markedLength(word: string, term: string): number {
  if (word.startsWith(term)) return term.length;
  return term.length >= 4 && isOneTypoAway(word, term) ? word.length : 0;
}

/** Return whether one letter added, missing, changed or swapped makes one word of the other. */
function isOneTypoAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const restA = a.slice(start);
  const restB = b.slice(start);
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
