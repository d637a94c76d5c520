import { Box, Button, Flex, Text, Textarea } from "@chakra-ui/react";
import { useState } from "react";
import { PanelSection } from "@/components/panel-section";
import { useToasts } from "@/components/toast-store";
import { EditConflict } from "@/features/contacts/api/update-contact";
import { explain } from "@/lib/api-error";
import { useDraft } from "@/lib/drafts";
import { displayName } from "@/lib/format";
import type { Contact } from "@/types/api";
import { useContactEdits } from "./use-contact-edits";

/**
 * Free notes. They are saved when the field loses the focus, and only over the notes that the user
 * saw. A text that could not be saved stays in the field, beside the newer notes.
 */
export function ContactNotes({ contact }: { contact: Contact }) {
  const { save } = useContactEdits();
  const [typing, setTyping] = useState(false);
  const { id } = contact;
  const what = `Notes on ${displayName(contact)}`;
  const draft = useDraft(`notes ${id}`, contact.notes ?? "", (text, base) =>
    save({ id, patch: { notes: text || null }, base: { notes: base || null }, what }, "saved"),
  );
  const attempt = (saving: Promise<void>) => {
    const { show } = useToasts.getState();
    saving.catch((error: unknown) => {
      // The newer notes are shown beside the field.
      if (error instanceof EditConflict) return;
      show({ tone: "problem", text: `${what} are not saved. ${explain(error)}` });
    });
  };
  const { text, theirs } = draft;

  return (
    <PanelSection title="Notes">
      <Textarea
        aria-label="Notes"
        rows={Math.min(10, Math.max(3, text.split("\n").length + 1))}
        placeholder="How you met, what they care about"
        value={text}
        onChange={(event) => draft.type(event.target.value)}
        onFocus={() => setTyping(true)}
        onBlur={() => {
          setTyping(false);
          attempt(draft.save());
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {theirs !== null ? (
        <Newer
          theirs={theirs}
          onMine={() => attempt(draft.write(text, theirs))}
          onTheirs={draft.forget}
          onBoth={() => attempt(draft.write(`${theirs}\n\n${text}`, theirs))}
        />
      ) : (
        draft.isChanged &&
        !typing && (
          <Flex mt={2} align="center" gap={2} role="status">
            <Text color="text.muted">Not saved yet.</Text>
            <Button size="xs" onClick={() => attempt(draft.save())}>
              Save
            </Button>
          </Flex>
        )
      )}
    </PanelSection>
  );
}

interface NewerProps {
  theirs: string;
  onMine: () => void;
  onTheirs: () => void;
  onBoth: () => void;
}

/** The notes that were written elsewhere while the user typed, and what to do with both. */
function Newer({ theirs, onMine, onTheirs, onBoth }: NewerProps) {
  return (
    <Box mt={2} p={3} bg="bg.sunken" borderRadius="lg" role="group" aria-label="Newer notes">
      <Text fontWeight={600} color="text.strong">
        These notes were changed elsewhere. Your text above is not saved. The saved notes are now:
      </Text>
      <Text mt={1} mb={3} whiteSpace="pre-wrap" overflowWrap="anywhere">
        {theirs || "(empty)"}
      </Text>
      <Flex gap={2} wrap="wrap">
        {theirs && (
          <Button size="sm" variant="accent" onClick={onBoth}>
            Keep both
          </Button>
        )}
        <Button size="sm" onClick={onMine}>
          Keep mine
        </Button>
        <Button size="sm" variant="ghost" onClick={onTheirs}>
          Discard mine
        </Button>
      </Flex>
    </Box>
  );
}
