import { Box, Button, FormControl, FormLabel, Heading, Input, Text } from "@chakra-ui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { CheckRow } from "@/components/check-row";
import { Dialog } from "@/components/dialog";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { undoAction, useUndo } from "@/components/use-undo";
import { splitContact, splitFactsOptions } from "@/features/contacts/api/split-contact";
import {
  isEnough,
  splitGroups,
  splitRequest,
  type SplitGroup,
} from "@/features/contacts/merging/split-facts";
import { displayName, formatCount } from "@/lib/format";
import { refreshAll } from "@/lib/query-client";
import type { Contact } from "@/types/api";

interface SplitDialogProps {
  contact: Contact;
  onClose: () => void;
}

/** A contact that is two people: what is checked goes to a new contact. */
export function SplitDialog({ contact, onClose }: SplitDialogProps) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const facts = useQuery(splitFactsOptions(contact.id));
  const split = useSplit(contact, onClose);
  const groups = facts.data ? splitGroups(contact, facts.data) : [];
  const request = splitRequest(name, groups, chosen);

  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isEnough(request) && !split.isPending) split.mutate(request);
  };

  return (
    <Dialog
      title={`Split ${displayName(contact)}`}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Text mr="auto" fontSize="sm" color="text.muted" role="status">
            {formatCount(chosen.size)} chosen
          </Text>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            ml={2}
            variant="accent"
            isDisabled={!isEnough(request)}
            isLoading={split.isPending}
          >
            Split
          </Button>
        </>
      }
    >
      <Text color="text.muted" mb={4}>
        Two people in one? What you check goes to a new contact, the rest stays. It can be undone.
      </Text>
      <FormControl>
        <FormLabel>Name of the new contact</FormLabel>
        <Input value={name} maxLength={500} onChange={(event) => setName(event.target.value)} />
      </FormControl>
      {facts.isPending && <Skeleton mt={5} h="120px" />}
      {facts.error && (
        <Box mt={4}>
          <ErrorNote error={facts.error} onRetry={() => void facts.refetch()} />
        </Box>
      )}
      {groups.map((group) => (
        <FactGroup key={group.title} group={group} chosen={chosen} onToggle={toggle} />
      ))}
      {split.error && (
        <Box mt={4}>
          <ErrorNote error={split.error} />
        </Box>
      )}
    </Dialog>
  );
}

function useSplit(contact: Contact, onDone: () => void) {
  const client = useQueryClient();
  const undo = useUndo();
  return useMutation({
    mutationFn: (request: Parameters<typeof splitContact>[1]) => splitContact(contact.id, request),
    onSuccess: ({ contact: left, new_contact, operation_id }) => {
      useToasts.getState().show({
        tone: "done",
        text: `${displayName(left)} and ${displayName(new_contact)} are two contacts now`,
        action: undoAction(undo, operation_id),
      });
      onDone();
      return refreshAll(client);
    },
  });
}

interface FactGroupProps {
  group: SplitGroup;
  chosen: ReadonlySet<string>;
  onToggle: (key: string) => void;
}

function FactGroup({ group, chosen, onToggle }: FactGroupProps) {
  return (
    <Box role="group" aria-label={group.title} mt={5}>
      <Heading as="h3" size="sm" mb={1}>
        {group.title}
      </Heading>
      {group.facts.map(({ key, label }) => (
        <CheckRow key={key} checked={chosen.has(key)} onChange={() => onToggle(key)}>
          <Text as="span" minW={0} overflowWrap="anywhere">
            {label}
          </Text>
        </CheckRow>
      ))}
    </Box>
  );
}
