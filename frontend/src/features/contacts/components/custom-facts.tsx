import { Button, Flex, Input, Select, Text } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useToasts } from "@/components/toast-store";
import {
  createField,
  fieldsKey,
  KIND_LABELS,
  listFieldsOptions,
  promoteName,
  type CustomField,
  type FieldKind,
} from "@/features/contacts/api/fields";
import { searchContactsOptions } from "@/features/contacts/api/search-contacts";
import { explain } from "@/lib/api-error";
import { displayName } from "@/lib/format";
import type { Contact } from "@/types/api";
import { CustomValue } from "./custom-value";
import { EditableRow, EditButton, FactRow } from "./fact-row";
import { useContactEdits } from "./use-contact-edits";

const INPUT_TYPES = { date: "date", url: "url" } as const;

/** The custom fields of a contact, the loose values beside them, and a new field. */
export function CustomFacts({ contact }: { contact: Contact }) {
  const { change } = useContactEdits();
  const { data: fields = [] } = useQuery(listFieldsOptions());
  const { id, custom } = contact;
  const save = (key: string, label: string, value: string) => {
    const what = `${label} of ${displayName(contact)}`;
    const patch = { custom: { ...custom, [key]: value || null } };
    void change({ id, patch, base: { custom }, what });
  };
  const keys = new Set(fields.map(({ key }) => key));
  const loose = Object.entries(custom).filter(([name, value]) => !keys.has(name) && value);
  return (
    <>
      {fields.map((field) => (
        <FieldFact
          key={field.id}
          field={field}
          value={custom[field.key] ?? ""}
          onSave={(value) => save(field.key, field.name, value)}
        />
      ))}
      {loose.map(([name, value]) => (
        <EditableRow
          key={name}
          label={name}
          value={value}
          shown={
            <>
              <span>
                <CustomValue value={value} />
              </span>
              <PromoteButton name={name} />
            </>
          }
          onSave={(text) => save(name, name, text)}
        />
      ))}
      <NewField />
    </>
  );
}

interface FieldFactProps {
  field: CustomField;
  value: string;
  onSave: (value: string) => void;
}

function FieldFact({ field, value, onSave }: FieldFactProps) {
  const { name, kind, choices } = field;
  if (kind === "contact") return <ContactFact label={name} value={value} onSave={onSave} />;
  return (
    <EditableRow
      label={name}
      value={value}
      shown={value && <CustomValue value={value} />}
      type={kind === "date" || kind === "url" ? INPUT_TYPES[kind] : "text"}
      {...(kind === "choice" ? { choices } : {})}
      onSave={onSave}
    />
  );
}

/** A link to a contact, who is found by name. */
function ContactFact(props: { label: string; value: string; onSave: (id: string) => void }) {
  const { label, value, onSave } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const { data } = useQuery(searchContactsOptions(typed ?? "", MOST_SHOWN));
  if (typed === null) {
    return (
      <FactRow label={label}>
        {value && <CustomValue value={value} />}
        <EditButton label={value ? `Change ${label}` : `Add ${label}`} onClick={() => setTyped("")}>
          {value ? "Change" : "Add"}
        </EditButton>
      </FactRow>
    );
  }
  const choose = (id: string) => {
    setTyped(null);
    if (id !== value) onSave(id);
  };
  return (
    <FactRow label={label}>
      <Flex direction="column" flex={1} minW={0} gap={1}>
        <Input
          autoFocus
          size="sm"
          aria-label={label}
          placeholder="Find a contact"
          data-keeps-keys=""
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") setTyped(null);
            else if (event.key === "Enter" && data?.items[0]) choose(data.items[0].id);
            else return;
            event.stopPropagation();
          }}
        />
        {typed !== "" &&
          data?.items.map((found) => (
            <Button
              key={found.id}
              size="xs"
              variant="ghost"
              justifyContent="flex-start"
              onClick={() => choose(found.id)}
            >
              <Text as="span" noOfLines={1}>
                {displayName(found)}
              </Text>
            </Button>
          ))}
        {value && (
          <Button size="xs" variant="ghost" onClick={() => choose("")}>
            Remove the link
          </Button>
        )}
      </Flex>
    </FactRow>
  );
}

const MOST_SHOWN = 5;

/** Makes a field of a loose name, with all its values. */
function PromoteButton({ name }: { name: string }) {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const promote = async () => {
    const { show } = useToasts.getState();
    setBusy(true);
    try {
      show({ tone: "done", text: await promoteName(name) });
    } catch (error) {
      show({ tone: "problem", text: `${name} is not a field yet. ${explain(error)}` });
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: fieldsKey });
      await client.invalidateQueries({ queryKey: ["contacts"] });
    }
  };
  return (
    <Button size="xs" variant="ghost" flex="none" isLoading={isBusy} onClick={() => void promote()}>
      Make a field
    </Button>
  );
}

/** The form for a new custom field. */
function NewField() {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [kind, setKind] = useState<FieldKind>("text");
  const [choices, setChoices] = useState("");
  if (!isOpen) {
    return (
      <Button size="xs" variant="ghost" ml={-2} onClick={() => setOpen(true)}>
        New field
      </Button>
    );
  }
  const save = async () => {
    const listed = choices
      .split(",")
      .map((choice) => choice.trim())
      .filter(Boolean);
    try {
      await createField({ name: name.trim(), kind, choices: kind === "choice" ? listed : [] });
      setOpen(false);
      setName("");
    } catch (error) {
      const text = `The field is not added. ${explain(error)}`;
      useToasts.getState().show({ tone: "problem", text });
    }
    await client.invalidateQueries({ queryKey: fieldsKey });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) void save();
  };
  return (
    <Flex as="form" gap={2} mt={1} wrap="wrap" onSubmit={onSubmit} data-keeps-keys="">
      <Input
        autoFocus
        size="sm"
        flex="1 1 8rem"
        aria-label="Name of the field"
        placeholder="Fund size"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Select
        size="sm"
        flex="1 1 7rem"
        aria-label="Kind of the field"
        value={kind}
        onChange={(event) => setKind(event.target.value as FieldKind)}
      >
        {Object.entries(KIND_LABELS).map(([each, label]) => (
          <option key={each} value={each}>
            {label}
          </option>
        ))}
      </Select>
      {kind === "choice" && (
        <Input
          size="sm"
          flex="1 1 100%"
          aria-label="Choices"
          placeholder="Seed, Growth, Exit"
          value={choices}
          onChange={(event) => setChoices(event.target.value)}
        />
      )}
      <Button size="sm" type="submit" isDisabled={name.trim() === ""}>
        Add field
      </Button>
      <Button size="sm" variant="ghost" onClick={() => setOpen(false)}>
        Cancel
      </Button>
    </Flex>
  );
}
