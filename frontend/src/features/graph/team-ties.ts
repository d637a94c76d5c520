/** Returns the word for a tie in a colleague's book, which the API tells in three steps. */
export function teamTieWord(strength: number): string {
  if (strength >= 0.8) return "strong";
  return strength >= 0.5 ? "fair" : "weak";
}
