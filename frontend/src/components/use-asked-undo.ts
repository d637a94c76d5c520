import { useState } from "react";
import { useConfirm } from "@/components/confirm-store";
import { useToasts } from "@/components/toast-store";
import { useUndo } from "@/components/use-undo";
import { explain } from "@/lib/api-error";
import { undoOperation, undoSummary } from "@/lib/undo-operation";

/** Undo of an operation that was done some time ago: the outcome is shown before it is done. */
export function useAskedUndo() {
  const undo = useUndo();
  const [isBusy, setBusy] = useState(false);
  /** Ask and undo; resolves to whether it was undone. */
  const askAndUndo = async (id: string, title: string): Promise<boolean> => {
    setBusy(true);
    try {
      const outcome = await undoOperation(id, { dryRun: true });
      const question = {
        title: `Undo “${title}”?`,
        text: `${undoSummary(outcome)}.`,
        confirm: "Undo",
      };
      return (await useConfirm.getState().ask(question)) && (await undo(id)) !== null;
    } catch (error) {
      useToasts.getState().show({ tone: "problem", text: `Nothing was undone. ${explain(error)}` });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, undo: askAndUndo };
}
