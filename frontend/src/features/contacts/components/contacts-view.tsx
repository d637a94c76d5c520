import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { Search, Users } from "lucide-react";
import { Suspense, lazy, useCallback, useEffect, useRef, useState } from "react";
import { Link as RouterLink } from "react-router-dom";
import { DemoButton } from "@/components/demo-button";
import { Opening } from "@/components/opening";
import { EmptyState } from "@/components/empty-state";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import {
  EXPORT_KINDS,
  type ExportKind,
  exportContacts,
} from "@/features/contacts/api/export-contacts";
import type { ContactListItem } from "@/features/contacts/api/list-contacts";
import {
  bulkFilter,
  contactFilterChange,
  isFiltering,
  readContactFilter,
  withoutFilters,
  type ContactFilter,
} from "@/features/contacts/contact-filter";
import type { Selection } from "@/features/contacts/selection";
import { useContactList, type EditableColumn } from "@/features/contacts/stores/contact-list-store";
import { explain } from "@/lib/api-error";
import { displayName, formatCount, plural } from "@/lib/format";
import { saveFile } from "@/lib/save-file";
import { useDebounced } from "@/lib/use-debounced";
import { useUrlState } from "@/lib/use-url-state";
import { BulkBar } from "./bulk-bar";
import { ContactTable } from "./contact-table";
import type { CircleChoice } from "./filter-popup";
import { ContactsToolbar } from "./contacts-toolbar";
import { useBulkEdits } from "./use-bulk-edits";
import { useContactEdits } from "./use-contact-edits";
import { useContactKeys } from "./use-contact-keys";
import { useContactRows, type ContactRows } from "./use-contact-rows";

const AddContactDialog = lazy(() =>
  import("./add-contact-dialog").then((module) => ({ default: module.AddContactDialog })),
);

/** Milliseconds without a key before the typed query is sent. */
const TYPING_MS = 90;

interface ContactsViewProps {
  /** The strength of the user's tie to a contact; absent where the API has no ties. */
  strengthOf: ((id: string) => number | undefined) | undefined;
  canEnrich: boolean;
  circles: readonly CircleChoice[];
}

/** All contacts: searched while the user types, edited in place, usable by keyboard alone. */
export function ContactsView({ strengthOf, canEnrich, circles }: ContactsViewProps) {
  const [params, changeUrl] = useUrlState();
  const filter = readContactFilter(params);
  const openId = params.get("person");
  const adding = params.get("add") === "contact";
  const { text, setText, settle } = useSearchText(filter.q, (q) =>
    changeUrl(contactFilterChange({ q })),
  );
  const rows = useContactRows(useStable(filter));
  const searchField = useRef<HTMLInputElement>(null);
  const edits = useContactEdits();
  const { remove } = useBulkEdits();

  const open = useCallback(
    (id: string | null) => changeUrl({ person: id }, { push: id !== null }),
    [changeUrl],
  );
  const edit = useCallback(
    (contact: ContactListItem, column: EditableColumn, value: string, base: string) => {
      const label =
        column === "email" ? "E-mail" : column.charAt(0).toUpperCase() + column.slice(1);
      const what = `${label} of ${displayName(contact)}`;
      const id = contact.id;
      void edits.change({ id, patch: { [column]: value || null }, base: { [column]: base }, what });
    },
    [edits],
  );
  const removeAll = (selection: Selection) => void remove(selection);
  // A search is ranked and cut, so only a filter names all that fit.
  const fitting = filter.q === "" ? { filter: bulkFilter(filter), count: rows.count } : null;
  useContactKeys({ rows, openId, onOpen: open, onRemove: removeAll, searchField });
  useForgetOnChange(filter);

  return (
    <Flex direction="column" h="full" minH={0} gap={3} py={{ base: 3, sm: 5 }} px={{ sm: 6 }}>
      <Heading as="h1" srOnly>
        Contacts
      </Heading>
      <ContactsToolbar
        filter={filter}
        text={text}
        count={countWords(rows, filter)}
        knownTags={useKnownTags(rows, filter.tags)}
        circles={circles}
        searchField={searchField}
        onText={setText}
        onFilter={(change) => changeUrl(contactFilterChange(change))}
        onAdd={() => changeUrl({ add: "contact" })}
        onExport={useExport()}
        onLeaveSearch={() => {
          settle();
          document.getElementById("contact-grid")?.focus();
          if (useContactList.getState().active < 0) useContactList.getState().setActive(0);
        }}
      />
      <BulkBar canEnrich={canEnrich} fitting={fitting} />
      {rows.error !== null && (
        <Box px={{ base: 3, sm: 0 }}>
          <ErrorNote error={rows.error} onRetry={rows.retry} />
        </Box>
      )}
      {!rows.isPending && rows.error === null && isAlone(rows, filter) ? (
        <NobodyYet
          filter={filter}
          onClear={() => changeUrl(contactFilterChange({ q: "", ...withoutFilters(filter) }))}
        />
      ) : (
        <ContactTable
          rows={rows.isPending ? BONES : rows}
          query={filter.q}
          sort={filter.sort}
          openId={openId}
          strengthOf={strengthOf}
          onSort={(sort) => changeUrl(contactFilterChange({ sort }))}
          onOpen={open}
          onEdit={edit}
        />
      )}
      {(rows.isPending || !isAlone(rows, filter)) && <StatusLine rows={rows} filter={filter} />}
      {adding && (
        <Suspense fallback={<Opening />}>
          <AddContactDialog
            onClose={() => changeUrl({ add: null })}
            onAdded={(id) => changeUrl({ add: null, person: id }, { push: true })}
          />
        </Suspense>
      )}
    </Flex>
  );
}

/** The table before the first answer: a screenful of skeletons. */
const BONES: ContactRows = {
  count: 30,
  loaded: 0,
  rowAt: () => undefined,
  need: () => undefined,
  isPending: true,
  isStale: false,
  error: null,
  retry: () => undefined,
};

/** Whether there is no contact except the self contact. */
function isAlone(rows: ContactRows, filter: ContactFilter): boolean {
  if (rows.count === 0) return true;
  const narrowed = filter.q !== "" || isFiltering(filter);
  return !narrowed && rows.count === 1 && rows.rowAt(0)?.is_self === true;
}

function countWords(rows: ContactRows, filter: ContactFilter): string {
  if (filter.q !== "" || rows.count < 2) return "Search contacts";
  return `Search ${plural(rows.count, "contact")}`;
}

function StatusLine({ rows, filter }: { rows: ContactRows; filter: ContactFilter }) {
  const found = filter.q !== "" ? `${plural(rows.count, "match", "matches")}, best first` : null;
  const listed = `${formatCount(rows.count)} ${isFiltering(filter) ? "that fit" : "in all"}`;
  return (
    <Flex
      color="text.muted"
      fontSize="xs"
      justify="space-between"
      px={{ base: 3, sm: 1 }}
      sx={{ fontVariantNumeric: "tabular-nums" }}
    >
      <Text role="status">{rows.isPending ? "Loading" : (found ?? listed)}</Text>
      <Text display={{ base: "none", lg: "block" }}>
        j k move · x select · e edit · Enter open · ? all shortcuts
      </Text>
    </Flex>
  );
}

function NobodyYet({ filter, onClear }: { filter: ContactFilter; onClear: () => void }) {
  if (filter.q !== "" || isFiltering(filter)) {
    return (
      <EmptyState
        icon={Search}
        title={filter.q ? `No contact matches “${filter.q}”` : "No contact matches these filters"}
        actions={
          <Button onClick={onClear}>{filter.q ? "Clear the search" : "Clear filters"}</Button>
        }
      >
        The search covers names, companies, titles, e-mails, tags and notes, and allows for typos.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Users}
      title="Bring the people you know"
      actions={
        <>
          <Button as={RouterLink} to="/import" variant="accent">
            Import contacts
          </Button>
          <DemoButton />
        </>
      }
    >
      LinkedIn, Google, Outlook, Apple, HubSpot or any spreadsheet: drop the file, and its columns
      are recognised.
    </EmptyState>
  );
}

/** The search field's text: ahead of the address while the user types, otherwise equal to it. */
function useSearchText(q: string, onSettled: (q: string) => void) {
  const [text, setText] = useState(q);
  const settled = useDebounced(text, TYPING_MS);
  const last = useRef(q);
  useEffect(() => {
    if (settled === last.current) return;
    last.current = settled;
    onSettled(settled);
  }, [settled, onSettled]);
  useEffect(() => {
    if (q === last.current) return; // the address repeats the text typed here
    last.current = q;
    setText(q);
  }, [q]);
  /** Send the typed query at once. */
  const settle = () => {
    if (text === last.current) return;
    last.current = text;
    onSettled(text);
  };
  return { text, setText, settle };
}

/** Return the same object for as long as its content is the same. */
function useStable<Value>(value: Value): Value {
  const [kept, setKept] = useState(value);
  if (JSON.stringify(kept) !== JSON.stringify(value)) {
    setKept(value);
    return value;
  }
  return kept;
}

/** Reset the row position for another query: its rows are other rows. */
function useForgetOnChange(filter: ContactFilter): void {
  const key = JSON.stringify(filter);
  useEffect(() => {
    // A user who has moved on to the rows meanwhile stands on the first new row.
    const onRows = document.activeElement?.id === "contact-grid";
    useContactList.getState().setActive(onRows ? 0 : -1);
    useContactList.getState().edit(null);
    // Others fit another filter.
    useContactList.getState().setFitting(null);
  }, [key]);
}

/** The tags of the first rows and those already chosen, most used first. */
function useKnownTags(rows: ContactRows, chosen: readonly string[]): string[] {
  const uses = new Map<string, number>(chosen.map((tag) => [tag, 0]));
  for (let at = 0; at < Math.min(rows.loaded, 400); at += 1) {
    for (const tag of rows.rowAt(at)?.tags ?? []) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  }
  return [...uses].sort(([, a], [, b]) => b - a).map(([tag]) => tag);
}

function useExport() {
  const show = useToasts((state) => state.show);
  return (kind: ExportKind) => {
    exportContacts(kind).then(
      (file) => saveFile(`contacts.${EXPORT_KINDS[kind].format}`, file),
      (error: unknown) => show({ tone: "problem", text: `Nothing exported. ${explain(error)}` }),
    );
  };
}
