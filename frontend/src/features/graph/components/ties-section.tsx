import { Box, Button, Flex, IconButton, Input, Select, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { PanelSection } from "@/components/panel-section";
import { useToasts } from "@/components/toast-store";
import { Warmth } from "@/components/warmth";
import { useDeleteRelationship } from "@/features/graph/api/delete-relationship";
import { getNetworkOptions, getTiesOptions } from "@/features/graph/api/get-network";
import { usePutRelationship } from "@/features/graph/api/put-relationship";
import { findPeopleOptions, type FindPeople } from "@/features/graph/find-people";
import { explain } from "@/lib/api-error";
import { displayName, plural } from "@/lib/format";
import { useDebounced } from "@/lib/use-debounced";

interface TiesSectionProps {
  contactId: string;
  name: string;
  selfId: string;
  find: FindPeople;
  onPerson: (id: string) => void;
}

const FEW = 6;
const TYPING_MS = 100;
const MOST_TIES = 200;

/** Whom a person knows, who of them the user knows too, and how to say more of it. */
export function TiesSection({ contactId, name, selfId, find, onPerson }: TiesSectionProps) {
  const [all, setAll] = useState(false);
  const [adding, setAdding] = useState(false);
  const { data: network } = useQuery(
    getNetworkOptions({ center: contactId, depth: 1, limit: MOST_TIES, minStrength: 0 }),
  );
  const { data: mine } = useQuery(getTiesOptions(selfId));
  const remove = useDeleteRelationship();
  const show = useToasts((state) => state.show);
  const tied = (network?.nodes ?? [])
    .filter((node) => node.hops === 1)
    .sort((a, b) => b.strength - a.strength);
  const mutual = tied.filter((node) => mine?.has(node.id)).length;
  const shown = all ? tied : tied.slice(0, FEW);

  const removeTie = (id: string, who: string) =>
    remove.mutate(
      { from: contactId, to: id, mutual: true },
      {
        onSuccess: () => show({ tone: "done", text: `${name} and ${who} are no longer tied` }),
        onError: (error) => show({ tone: "problem", text: explain(error) }),
      },
    );

  return (
    <PanelSection
      title={tied.length > 0 ? `Ties · ${tied.length}` : "Ties"}
      aside={
        <Text fontSize="sm" color="text.muted">
          {contactId !== selfId && mutual > 0 && `${plural(mutual, "contact")} in common`}
        </Text>
      }
    >
      {shown.map((node) => {
        const who = node.id === selfId ? "You" : displayName(node);
        return (
          <Flex key={node.id} align="center" gap={2.5} minH="36px" role="group">
            <Avatar name={displayName(node)} size={26} self={node.id === selfId} />
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
              onClick={() => onPerson(node.id)}
            >
              {who}
            </Box>
            <Warmth strength={node.strength} />
            <IconButton
              size="xs"
              variant="ghost"
              aria-label={`Remove the tie to ${who}`}
              icon={<X size={13} />}
              onClick={() => removeTie(node.id, who)}
            />
          </Flex>
        );
      })}
      {tied.length > FEW && (
        <Button size="sm" variant="ghost" ml={-3} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${tied.length}`}
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

interface AddTieProps extends Pick<TiesSectionProps, "contactId" | "selfId" | "find"> {
  onDone: () => void;
}

/** Says that two people know each other, and how well. */
function AddTie({ contactId, selfId, find, onDone }: AddTieProps) {
  const [text, setText] = useState("");
  const [strength, setStrength] = useState(0.5);
  const { data } = useQuery(findPeopleOptions(find, useDebounced(text, TYPING_MS)));
  const put = usePutRelationship();
  const show = useToasts((state) => state.show);
  const tie = (id: string, who: string) =>
    put.mutate(
      { from_contact_id: id, to_contact_id: contactId, strength, mutual: true },
      {
        onSuccess: () => {
          show({ tone: "done", text: `Tie to ${who} added` });
          onDone();
        },
        onError: (error) => show({ tone: "problem", text: explain(error) }),
      },
    );
  const hits = text ? (data ?? []).filter(({ id }) => id !== contactId) : [];
  return (
    <Box mt={2} p={3} bg="bg.sunken" borderRadius="lg">
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
