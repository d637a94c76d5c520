import { Box, Flex, Input, Select, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useState, type ReactNode } from "react";
import { CheckRow } from "@/components/check-row";
import { Popup } from "@/components/popup";
import { Segmented } from "@/components/segmented";
import { listFieldsOptions, type CustomField } from "@/features/contacts/api/fields";
import {
  countFilters,
  type ContactFilter,
  type ContactSort,
  type MoreName,
} from "@/features/contacts/contact-filter";

export interface CircleChoice {
  id: string;
  name: string;
}

interface FilterPopupProps {
  filter: ContactFilter;
  knownTags: readonly string[];
  circles: readonly CircleChoice[];
  onFilter: (change: Partial<ContactFilter>) => void;
}

const SORT_LABELS: readonly [ContactSort, string][] = [
  ["name", "Name"],
  ["company", "Company"],
  ["-strength", "Strength"],
  ["last_contact", "Talked to longest ago"],
  ["-last_contact", "Talked to last"],
  ["-updated_at", "Last changed"],
  ["-created_at", "Last added"],
];
const WITH_OR_WITHOUT = [
  { value: "any", label: "Any" },
  { value: "true", label: "With" },
  { value: "false", label: "Without" },
] as const;
const HAS_PHONE = [
  { value: "any", label: "Any" },
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
] as const;
const TEXTS: readonly [MoreName, string, string][] = [
  ["title", "Title", "CTO"],
  ["location", "Location", "Lisbon"],
  ["source", "Source", "linkedin_csv"],
];
const DATES: readonly [MoreName, string][] = [
  ["last_contact_after", "Talked to since"],
  ["last_contact_before", "Not talked to since"],
];
const DATE_LENGTH = 10;

/** The order of the list and all its filters, those of custom fields among them. */
export function FilterPopup({ filter, knownTags, circles, onFilter }: FilterPopupProps) {
  const { data: fields = [] } = useQuery(listFieldsOptions());
  const chosen = countFilters(filter);
  const set = (name: MoreName, value: string) => onFilter({ more: { [name]: value } });
  const valueOf = (name: MoreName) => filter.more[name] ?? "";
  return (
    <Popup
      title="Filter and sort"
      leftIcon={<ListFilter size={15} />}
      label={chosen > 0 ? `Filter · ${chosen}` : "Filter"}
      borderColor={chosen > 0 ? "accent.line" : undefined}
      bg={chosen > 0 ? "accent.subtle" : undefined}
      width="20rem"
    >
      <Flex direction="column" gap={3} p={1}>
        <Choice
          label="Sort by"
          value={filter.sort}
          options={[...SORT_LABELS, ...fields.flatMap(sortsOf)]}
          onChange={(value) => onFilter({ sort: value as ContactSort })}
        />
        <Typed
          label="Company"
          example="Acme"
          value={filter.company}
          onChange={(company) => onFilter({ company })}
        />
        {TEXTS.map(([name, label, example]) => (
          <Typed
            key={name}
            label={label}
            example={example}
            value={valueOf(name)}
            onChange={(value) => set(name, value)}
          />
        ))}
        <Labelled label="E-mail">
          <Segmented
            label="E-mail"
            value={filter.hasEmail === null ? "any" : filter.hasEmail ? "true" : "false"}
            options={WITH_OR_WITHOUT}
            onChange={(value) => onFilter({ hasEmail: value === "any" ? null : value === "true" })}
          />
        </Labelled>
        <Labelled label="Has a phone">
          <Segmented
            label="Has a phone"
            value={valueOf("has_phone") === "" ? "any" : (valueOf("has_phone") as "true" | "false")}
            options={HAS_PHONE}
            onChange={(value) => set("has_phone", value === "any" ? "" : value)}
          />
        </Labelled>
        <Choice
          label="Strength"
          value={valueOf("strength_min")}
          options={[
            ["", "Any"],
            ["0.25", "25% or more"],
            ["0.5", "50% or more"],
            ["0.75", "75% or more"],
          ]}
          onChange={(value) => set("strength_min", value)}
        />
        {DATES.map(([name, label]) => (
          <Typed
            key={name}
            label={label}
            type="date"
            value={valueOf(name).slice(0, DATE_LENGTH)}
            onChange={(day) => set(name, day && `${day}T00:00:00Z`)}
          />
        ))}
        {circles.length > 0 && (
          <Choice
            label="Circle"
            value={valueOf("circle")}
            options={[["", "Any"], ...circles.map(({ id, name }): [string, string] => [id, name])]}
            onChange={(value) => set("circle", value)}
          />
        )}
        {fields.map((field) => (
          <FieldFilter key={field.id} field={field} valueOf={valueOf} onChange={set} />
        ))}
        <TagFilter filter={filter} knownTags={knownTags} onFilter={onFilter} />
      </Flex>
    </Popup>
  );
}

/** The orders of a custom field. */
function sortsOf({ key, name }: CustomField): [ContactSort, string][] {
  return [
    [`custom.${key}`, `${name}, ascending`],
    [`-custom.${key}`, `${name}, descending`],
  ];
}

interface FieldFilterProps {
  field: CustomField;
  valueOf: (name: MoreName) => string;
  onChange: (name: MoreName, value: string) => void;
}

function FieldFilter({ field, valueOf, onChange }: FieldFilterProps) {
  const { key, name, kind, choices } = field;
  if (kind === "number" || kind === "date") {
    return (
      <Flex gap={2}>
        {(["from", "to"] as const).map((end) => (
          <Box key={end} flex={1} minW={0}>
            <Typed
              label={`${name} ${end}`}
              type={kind === "date" ? "date" : "text"}
              value={valueOf(`custom_${end}.${key}`)}
              onChange={(value) => onChange(`custom_${end}.${key}`, value)}
            />
          </Box>
        ))}
      </Flex>
    );
  }
  if (kind === "contact") return null;
  const change = (value: string) => onChange(`custom.${key}`, value);
  if (kind === "choice") {
    const options = choices.map((choice): [string, string] => [choice, choice]);
    return (
      <Choice
        label={name}
        value={valueOf(`custom.${key}`)}
        options={[["", "Any"], ...options]}
        onChange={change}
      />
    );
  }
  return <Typed label={name} value={valueOf(`custom.${key}`)} onChange={change} />;
}

function TagFilter(props: Pick<FilterPopupProps, "filter" | "knownTags" | "onFilter">) {
  const { filter, knownTags, onFilter } = props;
  const [needle, setNeedle] = useState("");
  const shown = knownTags.filter((tag) => tag.toLowerCase().includes(needle.toLowerCase()));
  const toggle = (tag: string) =>
    onFilter({
      tags: filter.tags.includes(tag)
        ? filter.tags.filter((each) => each !== tag)
        : [...filter.tags, tag],
    });
  return (
    <Labelled label="Tags">
      <Segmented
        label="Manner of tags"
        value={(filter.more.tag_mode ?? "all") as "all" | "any" | "none"}
        options={[
          { value: "all", label: "All of" },
          { value: "any", label: "Any of" },
          { value: "none", label: "None of" },
        ]}
        onChange={(value) => onFilter({ more: { tag_mode: value === "all" ? "" : value } })}
      />
      <Input
        size="sm"
        mt={1}
        aria-label="Find or type a tag"
        placeholder="Find a tag"
        value={needle}
        onChange={(event) => setNeedle(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && needle.trim()) toggle(needle.trim());
        }}
      />
      <Box mt={1} maxH="11rem" overflow="auto">
        {shown.map((tag) => (
          <CheckRow key={tag} checked={filter.tags.includes(tag)} onChange={() => toggle(tag)}>
            {tag}
          </CheckRow>
        ))}
      </Box>
    </Labelled>
  );
}

interface TypedProps {
  label: string;
  value: string;
  example?: string;
  type?: "text" | "date";
  onChange: (value: string) => void;
}

/** A field that narrows the list when it is left, or by Enter; a date at once. */
function Typed({ label, value, example, type = "text", onChange }: TypedProps) {
  // The text that is not applied yet; the field follows the filter until the user types.
  const [typed, setTyped] = useState<string | null>(null);
  const apply = () => {
    if (typed !== null) onChange(typed.trim());
    setTyped(null);
  };
  return (
    <Labelled label={label}>
      <Input
        size="sm"
        type={type}
        aria-label={label}
        placeholder={example}
        value={typed ?? value}
        onChange={(event) => {
          if (type === "date") onChange(event.target.value);
          else setTyped(event.target.value);
        }}
        onBlur={apply}
        onKeyDown={(event) => event.key === "Enter" && apply()}
      />
    </Labelled>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Labelled label={label}>
      <Select
        size="sm"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </Select>
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box>
      <Text fontSize="xs" fontWeight={600} color="text.muted" mb={1} noOfLines={1}>
        {label}
      </Text>
      {children}
    </Box>
  );
}
