import { Button, Flex, Text, Textarea } from "@chakra-ui/react";
import { useState } from "react";
import { KeyHint } from "@/components/key-hint";
import { useToasts } from "@/components/toast-store";
import { addNote } from "@/features/notes/api/notes";
import { explain } from "@/lib/api-error";

interface NoteComposerProps {
  contactId: string;
  onAdded: () => void;
}

/** The field for a new note with today's date; a note that could not be saved stays in it. */
export function NoteComposer({ contactId, onAdded }: NoteComposerProps) {
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const isBlank = text.trim() === "";
  const save = async () => {
    if (isBlank || isBusy) return;
    setBusy(true);
    try {
      await addNote(contactId, text);
      setText("");
      onAdded();
    } catch (error) {
      const { show } = useToasts.getState();
      show({ tone: "problem", text: `The note is not saved. ${explain(error)}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Textarea
        aria-label="New note"
        rows={isBlank ? 1 : 3}
        placeholder="What was said"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void save();
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {!isBlank && (
        <Flex mt={2} gap={2} align="center">
          <Button size="sm" variant="accent" isLoading={isBusy} onClick={() => void save()}>
            Add note
          </Button>
          <Text as="span" color="text.muted" fontSize="sm">
            <KeyHint keys="mod+Enter" />
          </Text>
        </Flex>
      )}
    </>
  );
}
