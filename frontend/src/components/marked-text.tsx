import { matchMarks } from "@/lib/match-marks";

/** A text with the query's words marked in it. */
export function MarkedText({ text, query }: { text: string; query: string }) {
  if (!query) return text;
  return matchMarks(text, query).map((piece, at) =>
    piece.marked ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
  );
}
