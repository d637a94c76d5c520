/** Return the word for a colleague's tie; the API answers one of three strengths. */
export function teamTieWord(strength: number): string {
  if (strength >= 0.8) return "strong";
  return strength >= 0.5 ? "fair" : "weak";
}
