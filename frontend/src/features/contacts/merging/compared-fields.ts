import { FIELD_NAMES, labelOf, type ContactField } from "@/features/contacts/contact-fields";
import type { Contact, MergeRequest } from "@/types/api";

/** The fields of which a merged contact has one value, so that one must be chosen. */
const SINGLE = [
  "name",
  "email",
  "company",
  "title",
  "location",
  "linkedin_url",
  "birthday",
] as const satisfies readonly ContactField[];
export type SingleField = (typeof SINGLE)[number];

/** One line of the comparison. */
export interface ComparedField {
  key: string;
  label: string;
  /** The value of each contact as text, in the order of the contacts; empty without one. */
  values: readonly string[];
  /** The field of which one value is chosen; null where the values are united or equal. */
  choice: SingleField | null;
}

/** List the fields that one of the contacts has, single ones first, then lists and custom fields. */
export function comparedFields(contacts: readonly Contact[]): ComparedField[] {
  const fields = FIELD_NAMES.filter((field) => field !== "custom").map((field) => {
    const values = contacts.map((contact) => textOf(contact, field));
    const given = new Set(values.filter((value) => value !== ""));
    const single = SINGLE.find((each) => each === field);
    return {
      key: field,
      label: labelOf(field),
      values,
      choice: single !== undefined && given.size > 1 ? single : null,
    };
  });
  const customKeys = new Set(contacts.flatMap(({ custom }) => Object.keys(custom)));
  const custom = [...customKeys].map((key) => ({
    key: `custom ${key}`,
    label: key,
    values: contacts.map((contact) => asText(contact.custom[key])),
    choice: null,
  }));
  return [...fields, ...custom].filter(({ values }) => values.some((value) => value !== ""));
}

/** Return the contact whose value an outcome keeps; undefined while the outcome is not known. */
export function keptBy(
  field: SingleField,
  contacts: readonly Contact[],
  outcome: Contact | undefined,
): string | undefined {
  const kept = outcome?.[field];
  return contacts.find((contact) => contact[field] === kept)?.id;
}

/**
 * Return the request that merges a pair: the user stays, or else the older contact, which is the
 * first.
 */
export function mergeRequest(
  contacts: readonly Contact[],
  chosen: Partial<Record<SingleField, string>>,
): MergeRequest {
  const ids = [...contacts]
    .sort((a, b) => Number(b.is_self) - Number(a.is_self))
    .map(({ id }) => id);
  return { ids, fields: chosen };
}

function textOf(contact: Contact, field: Exclude<ContactField, "custom">): string {
  const value = contact[field];
  if (field === "emails") {
    return contact.emails.filter((email) => email !== contact.email).join(", ");
  }
  return asText(value);
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(asText).join(", ");
  return JSON.stringify(value);
}
