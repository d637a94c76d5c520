import { Box, Button, Switch, Text } from "@chakra-ui/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Trash2, Undo2 } from "lucide-react";
import { Link as RouterLink } from "react-router-dom";
import { ListPage, ListRow } from "@/components/list-page";
import { useAskedUndo } from "@/components/use-asked-undo";
import { listOperationsOptions } from "@/features/history/api/list-operations";
import { operationCounts, operationTitle } from "@/features/history/words";
import { fullTime, timeAgo } from "@/lib/format";
import { useUrlState } from "@/lib/use-url-state";
import type { Operation } from "@/types/api";

/** Everything that was done to the user's data, each with its Undo. */
export function ActivityView() {
  const [params, changeUrl] = useUrlState();
  const everyone = params.get("by") === "all";
  return (
    <ListPage
      title="Activity"
      actions={
        <Button as={RouterLink} to="/trash" size="sm" leftIcon={<Trash2 size={14} />}>
          Trash
        </Button>
      }
      intro={
        <>
          <Text mt={2} color="text.muted">
            What changed, and what to take back. Undo keeps all that was changed since.
          </Text>
          <Switch
            mt={3}
            isChecked={everyone}
            onChange={() => changeUrl({ by: everyone ? null : "all" })}
          >
            Show what went on by itself, too
          </Switch>
        </>
      }
      query={useInfiniteQuery(listOperationsOptions({ everyone }))}
      row={(operation) => <OperationRow key={operation.id} operation={operation} />}
      empty="Nothing was changed yet."
      more="Older activity"
    />
  );
}

function OperationRow({ operation }: { operation: Operation }) {
  const { isBusy, undo } = useAskedUndo();
  const title = operationTitle(operation);
  return (
    <ListRow>
      <Box flex={1} minW={0}>
        <Text color="text.strong" noOfLines={1} title={title}>
          {title}
        </Text>
        <Text fontSize="sm" color="text.muted">
          {operation.actor === "system" ? "by itself · " : ""}
          {operationCounts(operation.counts)}
        </Text>
      </Box>
      <Text fontSize="sm" color="text.muted" title={fullTime(operation.at)}>
        {timeAgo(operation.at)}
      </Text>
      {operation.undone_by ? (
        <Text w="5.5em" textAlign="center" fontSize="sm" color="text.muted">
          Undone
        </Text>
      ) : (
        <Button
          w="5.5em"
          size="sm"
          variant="ghost"
          leftIcon={<Undo2 size={14} />}
          isLoading={isBusy}
          aria-label={`Undo: ${title}`}
          onClick={() => void undo(operation.id, title)}
        >
          Undo
        </Button>
      )}
    </ListRow>
  );
}
