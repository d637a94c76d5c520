import { Box, Button, Text } from "@chakra-ui/react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { Link as RouterLink } from "react-router-dom";
import { useConfirm } from "@/components/confirm-store";
import { ListPage, ListRow } from "@/components/list-page";
import { useToasts } from "@/components/toast-store";
import { emptyTrash } from "@/features/history/api/empty-trash";
import { forgetContact } from "@/features/history/api/forget-contact";
import { listTrashOptions, trashKey } from "@/features/history/api/list-trash";
import { explain } from "@/lib/api-error";
import { displayName, formatCount, fullTime, plural, timeAgo } from "@/lib/format";
import type { DeletedContact } from "@/types/api";

interface TrashViewProps {
  /** Bring a contact back; resolves when it is there. */
  onRestore: (id: string) => Promise<void>;
  /** Whether the API can empty the trash at once. */
  canEmpty: boolean;
}

/** The deleted contacts, which can come back until the time is over. */
export function TrashView({ onRestore, canEmpty }: TrashViewProps) {
  const query = useInfiniteQuery(listTrashOptions);
  const first = query.data?.pages[0];
  const isEmpty = first?.items.length === 0;
  return (
    <ListPage
      title="Trash"
      actions={
        <>
          {canEmpty && first && !isEmpty && <EmptyButton />}
          <Button as={RouterLink} to="/activity" size="sm">
            Activity
          </Button>
        </>
      }
      intro={
        first &&
        `Deleted contacts can be restored for ${plural(first.kept_days, "day")}, with their ties, interactions and notes.`
      }
      query={query}
      row={(contact) => <TrashRow key={contact.id} contact={contact} onRestore={onRestore} />}
      empty="The trash is empty."
      more="Deleted earlier"
    />
  );
}

function EmptyButton() {
  const client = useQueryClient();
  const empty = async () => {
    const question = {
      title: "Empty the trash?",
      text: "All contacts in the trash are deleted for good. Nothing brings them back afterwards.",
      confirm: "Empty the trash",
    };
    if (!(await useConfirm.getState().ask(question))) return;
    const { show, update, dismiss } = useToasts.getState();
    const progress = show({ tone: "progress", text: "Emptying the trash", stays: true });
    try {
      const { forgotten } = await emptyTrash((done, total) =>
        update(progress, `Emptying the trash: ${formatCount(done)} of ${formatCount(total)} done`),
      );
      show({ tone: "done", text: `${plural(forgotten, "contact")} deleted for good` });
    } catch (error) {
      show({ tone: "problem", text: `The trash is not empty. ${explain(error)}` });
    } finally {
      dismiss(progress);
      await client.resetQueries({ queryKey: trashKey });
    }
  };
  return (
    <Button size="sm" variant="ghost" onClick={() => void empty()}>
      Empty trash
    </Button>
  );
}

function TrashRow({
  contact,
  onRestore,
}: Pick<TrashViewProps, "onRestore"> & { contact: DeletedContact }) {
  const client = useQueryClient();
  const name = displayName(contact);
  const { show } = useToasts.getState();
  const attempt = async (done: string, run: () => Promise<void>) => {
    try {
      await run();
      show({ tone: "done", text: `${name} ${done}` });
    } catch (error) {
      show({ tone: "problem", text: explain(error) });
    } finally {
      await client.invalidateQueries({ queryKey: trashKey });
    }
  };
  const forget = async () => {
    const question = {
      title: `Delete ${name} for good?`,
      text: "Nothing brings the contact back afterwards.",
      confirm: "Delete for good",
    };
    if (await useConfirm.getState().ask(question)) {
      await attempt("deleted for good", () => forgetContact(contact.id));
    }
  };
  return (
    <ListRow>
      <Box flex={1} minW={0}>
        <Text color="text.strong" noOfLines={1}>
          {name}
        </Text>
        <Text fontSize="sm" color="text.muted" noOfLines={1}>
          {[contact.title, contact.company].filter(Boolean).join(", ") || contact.email}
        </Text>
      </Box>
      <Text fontSize="sm" color="text.muted" title={fullTime(contact.deleted_at)}>
        {timeAgo(contact.deleted_at)}
      </Text>
      <Button
        size="sm"
        leftIcon={<RotateCcw size={14} />}
        aria-label={`Restore ${name}`}
        onClick={() => void attempt("restored", () => onRestore(contact.id))}
      >
        Restore
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Delete ${name} for good`}
        onClick={() => void forget()}
      >
        Delete
      </Button>
    </ListRow>
  );
}
