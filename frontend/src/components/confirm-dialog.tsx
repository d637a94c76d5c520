import { Button, Text } from "@chakra-ui/react";
import { useConfirm, type Question } from "./confirm-store";
import { Dialog } from "./dialog";

/** A question before a change that cannot be undone completely. The focus starts on Cancel. */
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
