import { Box, Input, Link, Text } from "@chakra-ui/react";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { Provenance } from "@/components/provenance";
import { FIELD_NAMES, labelOf, type ContactField } from "@/features/contacts/contact-fields";
import { displayName } from "@/lib/format";
import { enrichmentOf, type Contact, type ContactPatch } from "@/types/api";
import { CustomFacts } from "./custom-facts";
import { EditButton, FactRow } from "./fact-row";
import { PhoneFacts } from "./phone-facts";
import { useContactEdits } from "./use-contact-edits";

/** Fields that other parts of the panel show and change, or that are not changed here. */
const ELSEWHERE = ["emails", "phones", "notes", "tags", "custom"] as const;
type Field = Exclude<ContactField, (typeof ELSEWHERE)[number]>;

const FACTS = FIELD_NAMES.filter(
  (field): field is Field => !(ELSEWHERE as readonly string[]).includes(field),
);

/** The fields of a contact, each editable in place and with its source. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const others = contact.emails.filter((email) => email !== contact.email);
  return (
    <Box as="dl" mt={5}>
      {FACTS.map((field) => (
        <Fact
          key={`${contact.id}-${field}`}
          contact={contact}
          field={field}
          label={labelOf(field)}
        />
      ))}
      {others.length > 0 && <FactRow label="Also at">{others.join(", ")}</FactRow>}
      <PhoneFacts key={`phones-${contact.id}`} contact={contact} />
      <CustomFacts key={`custom-${contact.id}`} contact={contact} />
    </Box>
  );
}

interface FactProps {
  contact: Contact;
  field: Field;
  label: string;
}

function Fact({ contact, field, label }: FactProps) {
  // The value when the fact became a field, over which the change is written; null while it is not
  // a field.
  const [base, setBase] = useState<string | null>(null);
  const { change } = useContactEdits();
  const value = contact[field] ?? "";
  const source = enrichmentOf(contact).fields?.[field];
  // A field that the user changed after enrichment no longer shows a source.
  const enriched = source && source.value === value ? source : undefined;

  const save = (text: string) => {
    setBase(null);
    if (base === null || text === base || text.trim() === base) return;
    const patch: ContactPatch = { [field]: text.trim() || null };
    const what = `${label} of ${displayName(contact)}`;
    void change({ id: contact.id, patch, base: { [field]: base }, what });
  };

  return (
    <FactRow label={label}>
      {base !== null ? (
        <Input
          autoFocus
          size="sm"
          aria-label={label}
          defaultValue={base}
          data-keeps-keys=""
          onBlur={(event) => save(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") save(event.currentTarget.value);
            else if (event.key === "Escape") setBase(null);
            else return;
            event.stopPropagation();
          }}
        />
      ) : (
        <>
          {value && <FactValue field={field} value={value} />}
          {enriched && <Provenance field={enriched} />}
          <EditButton
            label={value ? `Change ${label}` : `Add ${label}`}
            onClick={() => setBase(value)}
          >
            {value ? <Pencil size={12} aria-hidden /> : "Add"}
          </EditButton>
        </>
      )}
    </FactRow>
  );
}

function FactValue({ field, value }: { field: Field; value: string }) {
  if (field === "email" && value) return <Link href={`mailto:${value}`}>{value}</Link>;
  if (field === "linkedin_url" && /^https?:/.test(value)) {
    return (
      <Link href={value} isExternal rel="noreferrer">
        {value.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")}
      </Link>
    );
  }
  return <Text as="span">{value}</Text>;
}
