import type { Contact, ContactPatch } from "@/types/api";

interface FieldWords {
  label: string;
  /** Shown in the empty input of a new contact; fields without one are not asked for there. */
  example?: string;
}

/** The fields that people write, in the API's order. The compiler asks for those that the API knows and that are missing here. */
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

/** Returns the words for a field, for people. */
export function labelOf(field: ContactField): string {
  return WORDS[field].label;
}

/** Returns what stands in the empty input of a field; undefined where it is not asked for with a new contact. */
export function exampleOf(field: ContactField): string | undefined {
  const words: FieldWords = WORDS[field];
  return words.example;
}

/** Returns what people keep of a contact, without what the server knows of it. */
export function writtenFields(contact: Contact): Pick<Contact, ContactField> {
  const entries = FIELD_NAMES.map((field) => [field, contact[field]]);
  return Object.fromEntries(entries) as Pick<Contact, ContactField>;
}
