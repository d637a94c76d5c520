import { Button, Text } from "@chakra-ui/react";
import { useConfirm, type Question } from "./confirm-store";
import { Dialog } from "./dialog";

/** Asks before something that cannot be taken back whole; it opens on the button that changes nothing. */
export function ConfirmDialog({ question }: { question: Question }) {
  const answer = useConfirm((state) => state.answer);
  return (
    <Dialog
      title={question.title}
      role="alertdialog"
      size="md"
      onClose={() => answer(false)}
      footer={
        <>
          <Button data-first="" onClick={() => answer(false)}>
            Cancel
          </Button>
          <Button variant="danger" onClick={() => answer(true)}>
            {question.confirm}
          </Button>
        </>
      }
    >
      <Text>{question.text}</Text>
    </Dialog>
  );
}
