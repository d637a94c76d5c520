import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { CopyCheck, History, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Link as RouterLink } from "react-router-dom";
import { useAskedUndo } from "@/components/use-asked-undo";
import { someDuplicatesOptions } from "@/features/contacts/api/list-duplicates";
import { getOperationOptions } from "@/features/history/api/get-operation";
import { operationCounts } from "@/features/history/words";
import { useCan } from "@/lib/capabilities";
import { displayName, plural } from "@/lib/format";
import type { DuplicateList, Import } from "@/types/api";

/** The help after an import: what it changed, with Undo, and the contacts that may be double. */
export function AfterImport({ current }: { current: Import }) {
  const canUndo = useCan("POST /operations/{id}/undo");
  const canCompare = useCan("GET /contacts/duplicates");
  return (
    <Box mt={6} borderTop="1px solid" borderColor="line.subtle">
      {canUndo && <Change current={current} />}
      {canCompare && <Doubles current={current} />}
    </Box>
  );
}

/** The import as one operation: its counts and its Undo. */
function Change({ current }: { current: Import }) {
  // An import is journaled under its id.
  const { data: operation } = useQuery(getOperationOptions(current.id));
  const { isBusy, undo } = useAskedUndo();
  if (!operation) return null;
  const isUndone = operation.undone_by !== null;
  return (
    <Line
      icon={<History size={18} aria-hidden />}
      action={
        isUndone ? (
          <Button as={RouterLink} to="/activity" size="sm">
            Activity
          </Button>
        ) : (
          <Button
            size="sm"
            leftIcon={<Undo2 size={14} />}
            isLoading={isBusy}
            onClick={() => void undo(operation.id, `Imported ${current.filename}`)}
          >
            Undo this import
          </Button>
        )
      }
    >
      {isUndone ? "This import is undone." : `It changed: ${operationCounts(operation.counts)}.`}{" "}
      <Text as="span" color="text.muted">
        {isUndone
          ? "Under Activity, the undo can be undone."
          : "Undo keeps what you change until then, and stays under Activity."}
      </Text>
    </Line>
  );
}

/** The pairs that may be one person, those of the import first. */
function Doubles({ current }: { current: Import }) {
  const { data } = useQuery(someDuplicatesOptions());
  if (!data) return null;
  const count = data.counts.sure + data.counts.likely;
  if (count === 0 && !data.scan.stale) return null;
  const names = namesOf(data, current);
  return (
    <Line
      icon={<CopyCheck size={18} aria-hidden />}
      action={
        <Button as={RouterLink} to="/contacts/duplicates" size="sm">
          {count > 0 ? "Review them" : "Compare"}
        </Button>
      }
    >
      {count > 0
        ? `${plural(count, "pair")} of your contacts may be one person.`
        : "Your contacts were not compared for duplicates since they changed."}{" "}
      <Text as="span" color="text.muted">
        {names.length > 0 && `New with this import: ${names.join(", ")}.`}
      </Text>
    </Line>
  );
}

/** Return the names of listed pairs in which a contact came with the import. */
function namesOf({ items }: DuplicateList, { created_at, ended_at }: Import): string[] {
  const from = Date.parse(created_at);
  const until = ended_at === null ? Infinity : Date.parse(ended_at);
  const isNew = (at: string) => Date.parse(at) >= from && Date.parse(at) <= until;
  return items
    .filter(({ contacts }) => contacts.some((contact) => isNew(contact.created_at)))
    .map(({ contacts }) => displayName(contacts[0] ?? {}));
}

interface LineProps {
  icon: ReactNode;
  action: ReactNode;
  children: ReactNode;
}

function Line({ icon, action, children }: LineProps) {
  return (
    <Flex
      py={3}
      gap={3}
      align="center"
      wrap={{ base: "wrap", sm: "nowrap" }}
      borderBottom="1px solid"
      borderColor="line.subtle"
    >
      <Box color="text.muted" flex="none">
        {icon}
      </Box>
      <Text flex={1} minW="12rem" color="text.strong">
        {children}
      </Text>
      {action}
    </Flex>
  );
}
