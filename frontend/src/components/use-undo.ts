import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useToasts } from "@/components/toast-store";
import { explain } from "@/lib/api-error";
import { formatCount } from "@/lib/format";
import { refreshAll } from "@/lib/query-client";
import { undoOperation, undoSummary } from "@/lib/undo-operation";
import type { UndoOutcome } from "@/types/api";

interface UndoOptions {
  /** Return the words of the toast; by default the counts. */
  words?: (outcome: UndoOutcome) => string;
  /** Read again what the undo may have changed; by default everything that is shown. */
  refresh?: (client: QueryClient) => Promise<unknown>;
}

/**
 * Undo of an operation by the server, with a toast whose action undoes the undo.
 *
 * Resolves to the outcome, or to null when nothing was undone; the toast says why.
 */
export function useUndo() {
  const client = useQueryClient();
  return useMemo(() => {
    const { show, update, dismiss } = useToasts.getState(); // actions, which never change
    const undo = async (id: string, options: UndoOptions = {}): Promise<UndoOutcome | null> => {
      const { words = undoneWords, refresh = refreshAll } = options;
      let progress = null as number | null;
      const onProgress = (done: number, total: number) => {
        const text = `Undoing: ${formatCount(done)} of ${formatCount(total)} done`;
        if (progress === null) progress = show({ tone: "progress", text, stays: true });
        else update(progress, text);
      };
      try {
        const outcome = await undoOperation(id, { onProgress });
        const again = () =>
          void undo(outcome.operation_id, {
            words: (redone: UndoOutcome) => `Done again: ${undoSummary(redone)}`,
            refresh,
          });
        show({
          tone: "done",
          text: words(outcome),
          action: { label: "Undo", run: again },
        });
        return outcome;
      } catch (error) {
        show({ tone: "problem", text: `Nothing was undone. ${explain(error)}` });
        return null;
      } finally {
        if (progress !== null) dismiss(progress);
        await refresh(client);
      }
    };
    return undo;
  }, [client]);
}

function undoneWords(outcome: UndoOutcome): string {
  return `Undone: ${undoSummary(outcome)}`;
}

/** Return the Undo of a toast; none where the server names no operation. */
export function undoAction(
  undo: ReturnType<typeof useUndo>,
  operation: string | null,
  options?: UndoOptions,
): { label: string; run: () => void } | undefined {
  return operation === null
    ? undefined
    : { label: "Undo", run: () => void undo(operation, options) };
}
