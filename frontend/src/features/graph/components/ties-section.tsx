import { Box, Button, Flex, IconButton, Input, Select, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { PanelSection } from "@/components/panel-section";
import { useToasts } from "@/components/toast-store";
import { undoAction, useUndo } from "@/components/use-undo";
import { Strength } from "@/components/strength";
import { useDeleteRelationship } from "@/features/graph/api/delete-relationship";
import { listRelationshipsOptions } from "@/features/graph/api/list-relationships";
import { usePutRelationship } from "@/features/graph/api/put-relationship";
import { findPeopleOptions, type FindPeople } from "@/features/graph/find-people";
import { explain } from "@/lib/api-error";
import { displayName } from "@/lib/format";
import type { Relationship } from "@/types/api";
import { useDebounced } from "@/lib/use-debounced";

interface TiesSectionProps {
  contactId: string;
  name: string;
  selfId: string;
  find: FindPeople;
  /** The strength of the user's tie to a contact, where the API has a graph. */
  strengthOf: ((id: string) => number | undefined) | undefined;
  onPerson: (id: string) => void;
}

/** The words for the source of a strength; a tie set by hand needs none. */
const SOURCES: Partial<Record<Relationship["set_by"], string>> = {
  interactions: "Computed from your e-mails and meetings",
  import: "Set by an import",
};
const FEW = 6;
const TYPING_MS = 100;

/** The ties of a contact, those in common with the user, and a form for another tie. */
export function TiesSection(props: TiesSectionProps) {
  const { contactId, name, selfId, find, strengthOf, onPerson } = props;
  const [all, setAll] = useState(false);
  const [adding, setAdding] = useState(false);
  const { data: ties = [] } = useQuery(listRelationshipsOptions(contactId));
  const remove = useDeleteRelationship();
  const undo = useUndo();
  const { show } = useToasts.getState();
  const mutual = ties.filter(({ contact }) => contact && strengthOf?.(contact.id) !== undefined);

  const removeTie = (tie: Relationship, who: string) =>
    remove.mutate(
      { from: tie.from_contact_id, to: tie.to_contact_id, mutual: tie.mutual },
      {
        onSuccess: ({ operation }) =>
          show({
            tone: "done",
            text: `The tie between ${name} and ${who === "You" ? "you" : who} is removed`,
            action: undoAction(undo, operation),
          }),
        onError: (error) => show({ tone: "problem", text: explain(error) }),
      },
    );

  return (
    <PanelSection
      title={ties.length > 0 ? `Ties · ${ties.length}` : "Ties"}
      aside={
        <Text fontSize="sm" color="text.muted">
          {contactId !== selfId && mutual.length > 0 && `${mutual.length} in common with you`}
        </Text>
      }
    >
      {(all ? ties : ties.slice(0, FEW)).map((tie) => (
        <TieRow
          key={`${tie.from_contact_id} ${tie.to_contact_id}`}
          tie={tie}
          selfId={selfId}
          onPerson={onPerson}
          onRemove={removeTie}
        />
      ))}
      {ties.length > FEW && (
        <Button size="sm" variant="ghost" ml={-3} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${ties.length}`}
        </Button>
      )}
      {adding ? (
        <AddTie {...{ contactId, selfId, find }} onDone={() => setAdding(false)} />
      ) : (
        <Button
          size="sm"
          variant="ghost"
          ml={-3}
          leftIcon={<Plus size={14} />}
          onClick={() => setAdding(true)}
        >
          Add a tie
        </Button>
      )}
    </PanelSection>
  );
}

interface TieRowProps extends Pick<TiesSectionProps, "selfId" | "onPerson"> {
  tie: Relationship;
  onRemove: (tie: Relationship, who: string) => void;
}

function TieRow({ tie, selfId, onPerson, onRemove }: TieRowProps) {
  const { contact } = tie;
  if (!contact) return null;
  const self = contact.id === selfId;
  const who = self ? "You" : displayName(contact);
  return (
    <Flex align="center" gap={2.5} minH="36px">
      <Avatar name={displayName(contact)} size={26} self={self} />
      <Box
        as="button"
        type="button"
        flex={1}
        minW={0}
        minH="24px"
        textAlign="left"
        color="text.strong"
        overflow="hidden"
        textOverflow="ellipsis"
        whiteSpace="nowrap"
        _hover={{ textDecoration: "underline" }}
        _focusVisible={{ boxShadow: "outline", outline: "none" }}
        onClick={() => onPerson(contact.id)}
      >
        {who}
      </Box>
      <Box title={SOURCES[tie.set_by]}>
        <Strength strength={tie.strength} />
      </Box>
      <IconButton
        size="xs"
        variant="ghost"
        aria-label={`Remove the tie to ${who}`}
        icon={<X size={13} />}
        onClick={() => onRemove(tie, who)}
      />
    </Flex>
  );
}

interface AddTieProps extends Pick<TiesSectionProps, "contactId" | "selfId" | "find"> {
  onDone: () => void;
}

/** The form for a tie: the other contact, and how well they know each other. */
function AddTie({ contactId, selfId, find, onDone }: AddTieProps) {
  const [text, setText] = useState("");
  const [strength, setStrength] = useState(0.5);
  const { data } = useQuery(findPeopleOptions(find, useDebounced(text, TYPING_MS)));
  const put = usePutRelationship();
  const undo = useUndo();
  const show = useToasts((state) => state.show);
  const tie = (id: string, who: string) =>
    put.mutate(
      { from_contact_id: id, to_contact_id: contactId, strength, mutual: true },
      {
        onSuccess: ({ operation }) => {
          const action = undoAction(undo, operation);
          show({ tone: "done", text: `Tie to ${who} added`, action });
          onDone();
        },
        onError: (error) => show({ tone: "problem", text: explain(error) }),
      },
    );
  const hits = text ? (data ?? []).filter(({ id }) => id !== contactId) : [];
  return (
    <Box mt={2} p={3} bg="bg.sunken" borderRadius="lg" data-keeps-keys="">
      <Flex gap={2}>
        <Input
          autoFocus
          size="sm"
          aria-label="Who knows them"
          placeholder="Who knows them?"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && onDone()}
        />
        <Select
          size="sm"
          w="auto"
          flex="none"
          aria-label="How well"
          value={strength}
          onChange={(event) => setStrength(Number(event.target.value))}
        >
          <option value={0.3}>a little</option>
          <option value={0.5}>fairly</option>
          <option value={0.8}>well</option>
          <option value={0.95}>very well</option>
        </Select>
      </Flex>
      <Flex direction="column" mt={1}>
        {contactId !== selfId && text === "" && (
          <Pick name="You" onPick={() => tie(selfId, "you")} />
        )}
        {hits.map((hit) => (
          <Pick key={hit.id} name={displayName(hit)} onPick={() => tie(hit.id, displayName(hit))} />
        ))}
      </Flex>
      <Button size="xs" variant="ghost" mt={1} onClick={onDone}>
        Cancel
      </Button>
    </Box>
  );
}

function Pick({ name, onPick }: { name: string; onPick: () => void }) {
  return (
    <Button
      size="sm"
      variant="ghost"
      justifyContent="flex-start"
      leftIcon={<Avatar name={name} size={20} self={name === "You"} />}
      onClick={onPick}
    >
      {name}
    </Button>
  );
}
