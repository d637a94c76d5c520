import type { ContactPatch } from "@/types/api";

interface FieldWords {
  label: string;
  /** Shown in the empty input of a new contact; fields without one are not asked for there. */
  example?: string;
}

/**
 * The fields that a user writes, in the API's order. The compiler reports a field of the API that is
 * missing here.
 */
const WORDS = {
  name: { label: "Name", example: "Mei Tanaka" },
  email: { label: "E-mail", example: "mei@globex.com" },
  emails: { label: "Further e-mails" },
  phones: { label: "Phone" },
  company: { label: "Company", example: "Globex" },
  title: { label: "Title", example: "CTO" },
  location: { label: "Location", example: "Kyoto" },
  linkedin_url: { label: "LinkedIn", example: "linkedin.com/in/mei-tanaka" },
  birthday: { label: "Birthday" },
  notes: { label: "Notes" },
  tags: { label: "Tags" },
  custom: { label: "Custom field" },
} as const satisfies Record<keyof ContactPatch, FieldWords>;

export type ContactField = keyof typeof WORDS;

export const FIELD_NAMES = Object.keys(WORDS) as ContactField[];

/** Return the label of a field. */
export function labelOf(field: ContactField): string {
  return WORDS[field].label;
}

/** Return the placeholder of a field; undefined where the form for a new contact leaves it out. */
export function exampleOf(field: ContactField): string | undefined {
  const words: FieldWords = WORDS[field];
  return words.example;
}
