import { Button, Flex, IconButton, Text } from "@chakra-ui/react";
import { Download, Sparkles, Tag, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import { Popup } from "@/components/popup";
import { useToasts } from "@/components/toast-store";
import { readFitting } from "@/features/contacts/api/list-contacts";
import { readContacts } from "@/features/contacts/api/export-contacts";
import { contactsCsv } from "@/features/contacts/contacts-csv";
import { selectionWords, sizeOf, type BulkFilter } from "@/features/contacts/selection";
import { selectionOf, useContactList } from "@/features/contacts/stores/contact-list-store";
import { explain } from "@/lib/api-error";
import { formatCount } from "@/lib/format";
import { saveFile } from "@/lib/save-file";
import { TagField } from "./tag-field";
import { useBulkEdits } from "./use-bulk-edits";

interface BulkBarProps {
  canEnrich: boolean;
  /** All contacts of the list; null where their number is not known. */
  fitting: { filter: BulkFilter; count: number } | null;
}

/** The actions on all selected contacts. */
export function BulkBar({ canEnrich, fitting }: BulkBarProps) {
  const show = useToasts((state) => state.show);
  const state = useContactList();
  const { setSelected, setFitting } = state;
  const { setTag, remove, enrich } = useBulkEdits();
  const selection = selectionOf(state);
  if (selection === null) return null;
  const size = sizeOf(selection);

  const exportAll = () => {
    const read = "ids" in selection ? readContacts(selection.ids) : readFitting(selection.filter);
    read.then(
      (contacts) => {
        saveFile("contacts.csv", contactsCsv(contacts));
        show({
          tone: "done",
          text: `${selectionWords({ ids: contacts.map(({ id }) => id) })} exported`,
        });
      },
      (error: unknown) => show({ tone: "problem", text: `Nothing exported. ${explain(error)}` }),
    );
  };

  return (
    <Flex
      role="toolbar"
      aria-label="Selected contacts"
      align="center"
      gap={1}
      px={2}
      py={1.5}
      wrap="wrap"
      bg="bg.selected"
      border="1px solid"
      borderColor="accent.line"
      borderRadius="lg"
      mx={{ base: 3, sm: 0 }}
    >
      <Text px={2} fontWeight={600} color="text.strong" mr={1}>
        {formatCount(size)} selected
      </Text>
      {fitting && fitting.count > size && (
        <Button size="sm" variant="ghost" onClick={() => setFitting(fitting)}>
          Select all {formatCount(fitting.count)} that fit
        </Button>
      )}
      <Popup label="Tag" title="Tag" leftIcon={<Tag size={14} />} variant="ghost">
        <TagField onTag={(tag) => void setTag(selection, tag, true)} />
      </Popup>
      {canEnrich && (
        <Act icon={<Sparkles size={14} />} onClick={() => void enrich(selection)}>
          Enrich
        </Act>
      )}
      <Act icon={<Download size={14} />} onClick={exportAll}>
        Export
      </Act>
      <Act icon={<Trash2 size={14} />} onClick={() => void remove(selection)}>
        Delete
      </Act>
      <IconButton
        ml="auto"
        size="sm"
        variant="ghost"
        aria-label="Clear the selection"
        icon={<X size={15} />}
        onClick={() => setSelected([])}
      />
    </Flex>
  );
}

function Act(props: { icon: React.ReactElement; onClick: () => void; children: ReactNode }) {
  return (
    <Button size="sm" variant="ghost" leftIcon={props.icon} onClick={props.onClick}>
      {props.children}
    </Button>
  );
}
