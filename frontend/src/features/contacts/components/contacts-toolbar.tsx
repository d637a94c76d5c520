import { Box, Button, Flex, IconButton, Input, Select, Text } from "@chakra-ui/react";
import { Columns3, Download, ListFilter, Plus, Search, Upload, X } from "lucide-react";
import { useState, type KeyboardEvent, type RefObject } from "react";
import { Link as RouterLink } from "react-router-dom";
import { CheckRow } from "@/components/check-row";
import { Popup } from "@/components/popup";
import { Segmented } from "@/components/segmented";
import type { ExportKind } from "@/features/contacts/api/export-contacts";
import { isFiltering, type ContactFilter } from "@/features/contacts/contact-filter";
import { COLUMNS, useContactList } from "@/features/contacts/stores/contact-list-store";
import { COLUMN_LOOKS } from "./contact-columns";

interface ContactsToolbarProps {
  filter: ContactFilter;
  /** The text of the search field, a few keystrokes ahead of the address. */
  text: string;
  count: string;
  knownTags: readonly string[];
  searchField: RefObject<HTMLInputElement>;
  onText: (text: string) => void;
  onFilter: (change: Partial<ContactFilter>) => void;
  onAdd: () => void;
  onExport: (kind: ExportKind) => void;
  onLeaveSearch: () => void;
}

export function ContactsToolbar(props: ContactsToolbarProps) {
  const { filter, text, count, searchField, onText, onFilter, onAdd, onLeaveSearch } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && text) onText("");
    else if (event.key === "ArrowDown" || event.key === "Enter" || event.key === "Escape")
      onLeaveSearch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Flex wrap="wrap" gap={2} align="center" px={{ base: 3, sm: 0 }}>
      <Flex
        position="relative"
        flex={{ base: "1 0 100%", lg: "1 1 9.5rem" }}
        maxW={{ lg: "30rem" }}
      >
        <Box position="absolute" left={3} top="10px" color="text.faint" pointerEvents="none">
          <Search size={16} aria-hidden />
        </Box>
        <Input
          ref={searchField}
          pl={9}
          pr={9}
          role="searchbox"
          aria-label="Search contacts"
          aria-keyshortcuts="/"
          placeholder={count}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
        {text && (
          <IconButton
            aria-label="Clear the search"
            icon={<X size={14} />}
            size="xs"
            variant="ghost"
            position="absolute"
            right={1}
            top={1}
            onClick={() => onText("")}
          />
        )}
      </Flex>
      <FilterPopup {...props} />
      <Box display={{ base: "none", sm: "block" }}>
        <ColumnsPopup />
      </Box>
      {isFiltering(filter) && (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => onFilter({ tags: [], company: "", hasEmail: null })}
        >
          Clear filters
        </Button>
      )}
      <Flex gap={2} ml="auto">
        <Popup
          label={<Download size={16} aria-label="Export" />}
          title="Export"
          width="13rem"
          px={2}
          variant="ghost"
        >
          <ExportChoices onExport={props.onExport} />
        </Popup>
        <Button as={RouterLink} to="/import" size="sm" leftIcon={<Upload size={15} />}>
          Import
        </Button>
        <Button size="sm" variant="accent" leftIcon={<Plus size={16} />} onClick={onAdd}>
          Add
        </Button>
      </Flex>
    </Flex>
  );
}

function FilterPopup({ filter, knownTags, onFilter }: ContactsToolbarProps) {
  // The text that is not applied yet; the field follows the filter until the user types.
  const [typed, setTyped] = useState<string | null>(null);
  const [needle, setNeedle] = useState("");
  const chosen = filter.tags.length + (filter.company ? 1 : 0) + (filter.hasEmail === null ? 0 : 1);
  const shown = knownTags.filter((tag) => tag.toLowerCase().includes(needle.toLowerCase()));
  const askForTyped = () => {
    if (typed !== null) onFilter({ company: typed.trim() });
    setTyped(null);
  };
  const toggle = (tag: string) =>
    onFilter({
      tags: filter.tags.includes(tag)
        ? filter.tags.filter((each) => each !== tag)
        : [...filter.tags, tag],
    });
  return (
    <Popup
      title="Filter and sort"
      leftIcon={<ListFilter size={15} />}
      label={chosen > 0 ? `Filter · ${chosen}` : "Filter"}
      borderColor={chosen > 0 ? "accent.line" : undefined}
      bg={chosen > 0 ? "accent.subtle" : undefined}
      width="18rem"
    >
      <Flex direction="column" gap={3} p={1}>
        <Labelled label="Sort by">
          <Select
            size="sm"
            aria-label="Sort by"
            value={filter.sort}
            onChange={(event) => onFilter({ sort: event.target.value as ContactFilter["sort"] })}
          >
            <option value="name">Name</option>
            <option value="company">Company</option>
            <option value="-updated_at">Last changed</option>
            <option value="-created_at">Last added</option>
          </Select>
        </Labelled>
        <Labelled label="Company">
          <Input
            size="sm"
            aria-label="Company"
            placeholder="Acme"
            value={typed ?? filter.company}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={askForTyped}
            onKeyDown={(event) => event.key === "Enter" && askForTyped()}
          />
        </Labelled>
        <Labelled label="E-mail">
          <Segmented
            label="E-mail"
            value={filter.hasEmail === null ? "any" : filter.hasEmail ? "with" : "without"}
            options={[
              { value: "any", label: "Any" },
              { value: "with", label: "With" },
              { value: "without", label: "Without" },
            ]}
            onChange={(value) => onFilter({ hasEmail: value === "any" ? null : value === "with" })}
          />
        </Labelled>
        <Labelled label="Tags">
          <Input
            size="sm"
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
      </Flex>
    </Popup>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Box>
      <Text fontSize="xs" fontWeight={600} color="text.muted" mb={1}>
        {label}
      </Text>
      {children}
    </Box>
  );
}

function ColumnsPopup() {
  const { columns, toggleColumn } = useContactList();
  return (
    <Popup label="Columns" title="Columns" leftIcon={<Columns3 size={15} />} width="12rem">
      {COLUMNS.map((column) => (
        <CheckRow
          key={column}
          checked={columns.includes(column)}
          onChange={() => toggleColumn(column)}
        >
          {COLUMN_LOOKS[column].label}
        </CheckRow>
      ))}
    </Popup>
  );
}

const EXPORTS = [
  ["csv", "Spreadsheet (CSV)"],
  ["google", "Google Contacts (CSV)"],
  ["outlook", "Outlook (CSV)"],
  ["vcf", "Address book (vCard 4.0)"],
  ["vcf-3.0", "Address book (vCard 3.0)"],
  ["json", "Everything (JSON)"],
] as const satisfies readonly (readonly [ExportKind, string])[];

function ExportChoices({ onExport }: Pick<ContactsToolbarProps, "onExport">) {
  return EXPORTS.map(([format, label]) => (
    <Button
      key={format}
      size="sm"
      variant="ghost"
      w="full"
      justifyContent="flex-start"
      onClick={() => onExport(format)}
    >
      {label}
    </Button>
  ));
}
