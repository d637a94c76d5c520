import { Box, Flex, Heading, IconButton, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Split, Trash2, UserX, X } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Avatar } from "@/components/avatar";
import { EmptyState } from "@/components/empty-state";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { ApiError } from "@/lib/api-error";
import { useCan } from "@/lib/capabilities";
import { displayName } from "@/lib/format";
import type { Contact } from "@/types/api";
import { ContactFacts } from "./contact-facts";
import { ContactHistory } from "./contact-history";
import { ContactNotes } from "./contact-notes";
import { ContactTags } from "./contact-tags";
import { SplitDialog } from "./split-dialog";
import { useBulkEdits } from "./use-bulk-edits";

export interface ContactPanelProps {
  id: string;
  onClose: () => void;
  /** The parts and actions that other areas add to the panel. */
  actions: (contact: Contact) => ReactNode;
  sections: (contact: Contact) => ReactNode;
  /** The history of the contact; null where the API has none. */
  history: (contact: Contact) => ReactNode | null;
}

/** Everything about one contact, beside the view that opened it. */
export function ContactPanel({ id, onClose, actions, sections, history }: ContactPanelProps) {
  const query = useQuery(getContactOptions(id));
  const heading = useRef<HTMLHeadingElement>(null);
  const contact = query.data?.contact;
  const gone = query.error instanceof ApiError && query.error.status === 404;

  useEffect(() => {
    // On a phone the panel covers the view: the focus moves into it. Beside the table the focus
    // stays.
    if (matchMedia("(max-width: 599px)").matches) heading.current?.focus();
  }, [id]);

  return (
    <Flex direction="column" h="full" bg="bg.surface">
      <Box overflow="auto" flex={1} px={5} pb={8}>
        <Flex justify="flex-end" pt={3} mr={-2} gap={1}>
          {contact && !contact.is_self && (
            <>
              <SplitButton key={contact.id} contact={contact} />
              <DeleteButton contact={contact} onDeleted={onClose} />
            </>
          )}
          <IconButton
            aria-label="Close"
            aria-keyshortcuts="Escape"
            icon={<X size={17} />}
            size="sm"
            variant="ghost"
            onClick={onClose}
          />
        </Flex>
        {gone ? (
          <EmptyState icon={UserX} title="This contact does not exist">
            It was deleted, or the link belongs to another user.
          </EmptyState>
        ) : query.error && !contact ? (
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        ) : contact ? (
          <>
            <PanelHead contact={contact} headingRef={heading} />
            <ContactTags contact={contact} />
            <Flex gap={2} mt={4} wrap="wrap">
              {actions(contact)}
            </Flex>
            <ContactFacts contact={contact} />
            {sections(contact)}
            <ContactNotes key={contact.id} contact={contact} />
            {history(contact) ?? (!contact.is_self && <ContactHistory contact={contact} />)}
          </>
        ) : (
          <PanelBones />
        )}
      </Box>
    </Flex>
  );
}

function PanelHead(props: { contact: Contact; headingRef: React.Ref<HTMLHeadingElement> }) {
  const { contact, headingRef } = props;
  const name = displayName(contact);
  const work = [contact.title, contact.company].filter(Boolean).join(", ");
  return (
    <Flex gap={3.5} align="center">
      <Avatar name={name} size={52} self={contact.is_self} />
      <Box minW={0}>
        <Heading as="h2" size="md" ref={headingRef} tabIndex={-1} outline="none">
          {name}
        </Heading>
        <Text color="text.muted" noOfLines={2}>
          {contact.is_self ? "This is you" : work || contact.location || "Nothing is known yet"}
        </Text>
      </Box>
    </Flex>
  );
}

function SplitButton({ contact }: { contact: Contact }) {
  const [isOpen, setOpen] = useState(false);
  const canSplit = useCan("POST /contacts/{id}/split");
  if (!canSplit) return null;
  return (
    <>
      <IconButton
        aria-label="Split this contact in two"
        icon={<Split size={16} />}
        size="sm"
        variant="ghost"
        onClick={() => setOpen(true)}
      />
      {isOpen && <SplitDialog contact={contact} onClose={() => setOpen(false)} />}
    </>
  );
}

function DeleteButton({ contact, onDeleted }: { contact: Contact; onDeleted: () => void }) {
  const { remove } = useBulkEdits();
  const removeThis = async () => {
    if (await remove({ ids: [contact.id] })) onDeleted();
  };
  return (
    <IconButton
      aria-label="Delete this contact"
      icon={<Trash2 size={16} />}
      size="sm"
      variant="ghost"
      onClick={() => void removeThis()}
    />
  );
}

function PanelBones() {
  return (
    <Box role="status" aria-label="Loading">
      <Flex gap={3.5} align="center">
        <Skeleton boxSize="52px" borderRadius="full" />
        <Box flex={1}>
          <Skeleton w="55%" h="16px" />
          <Skeleton w="40%" mt={2} />
        </Box>
      </Flex>
      {[70, 52, 64, 40, 58].map((width) => (
        <Flex key={width} mt={5} gap={6}>
          <Skeleton w="70px" />
          <Skeleton w={`${width}%`} />
        </Flex>
      ))}
    </Box>
  );
}
