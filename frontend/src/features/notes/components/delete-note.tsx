import { IconButton } from "@chakra-ui/react";
import { Trash2 } from "lucide-react";
import { useToasts } from "@/components/toast-store";
import { useUndo } from "@/components/use-undo";
import { deleteNote } from "@/features/notes/api/notes";
import { explain } from "@/lib/api-error";

interface DeleteNoteProps {
  contactId: string;
  noteId: string;
  onDeleted: () => void;
}

/** The button that deletes a note, with an undo. */
export function DeleteNote({ contactId, noteId, onDeleted }: DeleteNoteProps) {
  const undo = useUndo();
  const remove = async () => {
    const { show } = useToasts.getState();
    try {
      const operation = await deleteNote(contactId, noteId);
      show({
        tone: "done",
        text: "The note is deleted",
        ...(operation ? { action: { label: "Undo", run: () => void undo(operation) } } : {}),
      });
      onDeleted();
    } catch (error) {
      show({ tone: "problem", text: `The note is not deleted. ${explain(error)}` });
    }
  };
  return (
    <IconButton
      aria-label="Delete this note"
      icon={<Trash2 size={14} />}
      size="xs"
      variant="ghost"
      onClick={() => void remove()}
    />
  );
}
