import { Box, Button, Flex, IconButton, Input } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Columns3, Download, Plus, Search, Upload, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { Link as RouterLink } from "react-router-dom";
import { CheckRow } from "@/components/check-row";
import { Popup } from "@/components/popup";
import type { ExportKind } from "@/features/contacts/api/export-contacts";
import { listFieldsOptions } from "@/features/contacts/api/fields";
import {
  isFiltering,
  withoutFilters,
  type ContactFilter,
} from "@/features/contacts/contact-filter";
import {
  COLUMNS,
  useContactList,
  type Column,
} from "@/features/contacts/stores/contact-list-store";
import { lookOf } from "./contact-columns";
import { FilterPopup, type CircleChoice } from "./filter-popup";
import { ViewsMenu } from "./views-menu";

interface ContactsToolbarProps {
  filter: ContactFilter;
  /** The text of the search field, a few keystrokes ahead of the address. */
  text: string;
  count: string;
  knownTags: readonly string[];
  circles: readonly CircleChoice[];
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
      <ViewsMenu filter={filter} />
      <FilterPopup {...props} />
      <Box display={{ base: "none", sm: "block" }}>
        <ColumnsPopup />
      </Box>
      {isFiltering(filter) && (
        <Button size="sm" variant="ghost" onClick={() => onFilter(withoutFilters(filter))}>
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

function ColumnsPopup() {
  const { columns, toggleColumn } = useContactList();
  const { data: fields = [] } = useQuery(listFieldsOptions());
  const all: Column[] = [...COLUMNS, ...fields.map(({ key }) => `custom.${key}` as const)];
  return (
    <Popup label="Columns" title="Columns" leftIcon={<Columns3 size={15} />} width="13rem">
      {all.map((column) => (
        <CheckRow
          key={column}
          checked={columns.includes(column)}
          onChange={() => toggleColumn(column)}
        >
          {lookOf(column, fields).label}
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
