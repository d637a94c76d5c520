import { Button, Flex, IconButton, Text } from "@chakra-ui/react";
import { Download, Sparkles, Tag, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import { Popup } from "@/components/popup";
import { useToasts } from "@/components/toast-store";
import { readContacts } from "@/features/contacts/api/export-contacts";
import { contactsCsv } from "@/features/contacts/contacts-csv";
import { useContactList } from "@/features/contacts/stores/contact-list-store";
import { explain } from "@/lib/api-error";
import { plural } from "@/lib/format";
import { saveFile } from "@/lib/save-file";
import { TagField } from "./tag-field";
import { useBulkEdits } from "./use-bulk-edits";

interface BulkBarProps {
  /** Queues the contacts for enrichment; absent where the API has none. */
  onEnrich: ((ids: readonly string[]) => void) | undefined;
}

/** The actions on all selected contacts. */
export function BulkBar({ onEnrich }: BulkBarProps) {
  const show = useToasts((state) => state.show);
  const { selected, setSelected } = useContactList();
  const { setTag, remove } = useBulkEdits();
  if (selected.size === 0) return null;
  const ids = [...selected];
  const people = plural(ids.length, "contact");
  const clear = () => setSelected([]);

  const exportAll = () => {
    readContacts(ids).then(
      (contacts) => {
        saveFile("contacts.csv", contactsCsv(contacts));
        show({ tone: "done", text: `${people} exported` });
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
        {ids.length} selected
      </Text>
      <Popup label="Tag" title="Tag" leftIcon={<Tag size={14} />} variant="ghost">
        <TagField onTag={(tag) => void setTag(ids, tag, true)} />
      </Popup>
      {onEnrich && (
        <Act icon={<Sparkles size={14} />} onClick={() => onEnrich(ids)}>
          Enrich
        </Act>
      )}
      <Act icon={<Download size={14} />} onClick={exportAll}>
        Export
      </Act>
      <Act icon={<Trash2 size={14} />} onClick={() => void remove(ids)}>
        Delete
      </Act>
      <IconButton
        ml="auto"
        size="sm"
        variant="ghost"
        aria-label="Clear the selection"
        icon={<X size={15} />}
        onClick={clear}
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
