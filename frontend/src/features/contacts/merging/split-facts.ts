import { labelOf } from "@/features/contacts/contact-fields";
import { displayName, fullTime } from "@/lib/format";
import type { Contact, Interaction, Note, Relationship, SplitRequest } from "@/types/api";

/** The lists of a request to split, whose items are facts. */
type Part = Exclude<keyof SplitRequest, "name">;

/** One fact of a contact that can go to another. */
export interface SplitFact {
  /** Unlike that of all other facts of the contact. */
  key: string;
  part: Part;
  /** The fact as the request has it. */
  item: unknown;
  label: string;
}

export interface SplitGroup {
  title: string;
  facts: readonly SplitFact[];
}

interface Others {
  ties: readonly Relationship[];
  notes: readonly Note[];
  interactions: readonly Interaction[];
}

const FIELDS = ["company", "title", "location", "linkedin_url", "birthday", "notes"] as const;
/** Notes are shown by their beginning. */
const MOST_SHOWN = 90;
const TALKS = { email: "E-mail", message: "Message", call: "Call", meeting: "Meeting" } as const;

/** List what can go to another contact, in the order of the panel; parts without a fact are left out. */
export function splitGroups(contact: Contact, others: Others): SplitGroup[] {
  const groups: SplitGroup[] = [
    { title: "E-mails", facts: contact.emails.map((email) => fact("emails", email, email)) },
    { title: "Phones", facts: contact.phones.map((phone) => fact("phones", phone, phone)) },
    { title: "Fields", facts: [...fieldFacts(contact), ...customFacts(contact)] },
    { title: "Tags", facts: contact.tags.map((tag) => fact("tags", tag, tag)) },
    { title: "Ties", facts: tieFacts(contact, others.ties) },
    {
      title: "Notes",
      facts: others.notes
        .filter(({ id }) => id !== contact.id) // the field `notes` in the form of a note
        .map(({ id, text }) => fact("note_ids", id, shortened(text))),
    },
    {
      title: "Interactions",
      facts: others.interactions.map(({ at, kind, direction, note }) => {
        const words = `${TALKS[kind]}, ${fullTime(at)}`;
        const label = note ? `${words}: ${shortened(note)}` : words;
        return fact("interactions", { at, kind, direction }, label);
      }),
    },
  ];
  return groups.filter(({ facts }) => facts.length > 0);
}

/** Return the request that moves the chosen facts. */
export function splitRequest(
  name: string,
  groups: readonly SplitGroup[],
  chosen: ReadonlySet<string>,
): SplitRequest {
  const request: Partial<Record<Part, unknown[]>> = {};
  for (const { key, part, item } of groups.flatMap(({ facts }) => facts)) {
    if (chosen.has(key)) (request[part] ??= []).push(item);
  }
  return { name: name.trim(), ...request } as SplitRequest;
}

/** Return whether the API can make a contact of these facts: it needs a name, an e-mail or a profile. */
export function isEnough(request: SplitRequest): boolean {
  const isNamed =
    Boolean(request.name) ||
    Boolean(request.emails?.length) ||
    request.fields?.includes("linkedin_url") === true;
  return isNamed && Object.keys(request).some((part) => part !== "name");
}

function fact(part: Part, item: unknown, label: string): SplitFact {
  return { key: `${part} ${JSON.stringify(item)}`, part, item, label };
}

function fieldFacts(contact: Contact): SplitFact[] {
  return FIELDS.flatMap((field) => {
    const value = contact[field];
    return value ? [fact("fields", field, `${labelOf(field)}: ${shortened(value)}`)] : [];
  });
}

function customFacts({ custom }: Contact): SplitFact[] {
  return Object.entries(custom).map(([name, value]) => {
    const words = typeof value === "string" ? value : JSON.stringify(value);
    return fact("custom", name, `${name}: ${shortened(words)}`);
  });
}

/** Ties of both directions with one contact move together. */
function tieFacts(contact: Contact, ties: readonly Relationship[]): SplitFact[] {
  const facts = ties.flatMap(({ from_contact_id, to_contact_id, contact: other }) => {
    const id = from_contact_id === contact.id ? to_contact_id : from_contact_id;
    return other ? [fact("ties", id, displayName(other))] : [];
  });
  return [...new Map(facts.map((each) => [each.key, each])).values()];
}

function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
