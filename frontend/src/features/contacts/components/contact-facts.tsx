import { Box, Flex, Input, Link, Text } from "@chakra-ui/react";
import { Pencil } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Provenance } from "@/components/provenance";
import { FIELD_NAMES, labelOf, type ContactField } from "@/features/contacts/contact-fields";
import { displayName } from "@/lib/format";
import { enrichmentOf, type Contact, type ContactPatch } from "@/types/api";
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
      {others.length > 0 && <Row label="Also at">{others.join(", ")}</Row>}
      {contact.phones.length > 0 && (
        <Row label="Phone">
          {contact.phones.map((phone) => (
            <Link key={phone} href={`tel:${phone}`} mr={2}>
              {phone}
            </Link>
          ))}
        </Row>
      )}
      {Object.entries(contact.custom).map(([name, value]) => (
        <Row key={name} label={name}>
          {typeof value === "string" ? value : JSON.stringify(value)}
        </Row>
      ))}
    </Box>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Flex minH="34px" align="center" gap={3}>
      <Text as="dt" w="78px" flex="none" fontSize="sm" color="text.muted" noOfLines={1}>
        {label}
      </Text>
      <Flex as="dd" flex={1} minW={0} align="center" gap={2} overflowWrap="anywhere">
        {children}
      </Flex>
    </Flex>
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
    <Row label={label}>
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
    </Row>
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

function EditButton(props: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Box
      as="button"
      type="button"
      aria-label={props.label}
      onClick={props.onClick}
      px={1.5}
      _first={{ ml: -1.5 }}
      py={0.5}
      minW="24px"
      minH="24px"
      display="inline-flex"
      alignItems="center"
      borderRadius="sm"
      fontSize="sm"
      color="text.faint"
      _hover={{ bg: "bg.hover", color: "text.strong" }}
      _focusVisible={{ boxShadow: "outline", outline: "none" }}
    >
      {props.children}
    </Box>
  );
}
