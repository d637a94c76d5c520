import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useToasts } from "@/components/toast-store";
import { undoOperation } from "@/features/history/api/undo-operation";
import { undoSummary } from "@/features/history/words";
import { explain } from "@/lib/api-error";

/** Undo of an operation with a toast, whose action undoes the undo. */
export function useUndo() {
  const client = useQueryClient();
  return useMemo(() => {
    const { show } = useToasts.getState(); // an action, which never changes
    const undo = async (id: string, done = "Undone"): Promise<void> => {
      try {
        const outcome = await undoOperation(id);
        show({
          tone: "done",
          text: `${done}: ${undoSummary(outcome)}`,
          action: { label: "Undo", run: () => void undo(outcome.operation_id, "Done again") },
        });
      } catch (error) {
        show({ tone: "problem", text: `Nothing was undone. ${explain(error)}` });
      } finally {
        // Contacts, ties, paths and counts may all have changed.
        await client.invalidateQueries();
      }
    };
    return undo;
  }, [client]);
}
