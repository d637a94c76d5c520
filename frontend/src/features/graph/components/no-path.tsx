import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Link as RouterLink } from "react-router-dom";
import { Avatar } from "@/components/avatar";
import { useToasts } from "@/components/toast-store";
import { undoAction, useUndo } from "@/components/use-undo";
import { Strength } from "@/components/strength";
import { listRelationshipsOptions } from "@/features/graph/api/list-relationships";
import { usePutRelationship } from "@/features/graph/api/put-relationship";
import { explain } from "@/lib/api-error";
import { displayName, firstName, plural } from "@/lib/format";

interface NoPathProps {
  to: string;
  name: string;
  maxHops: number;
  selfId: string;
  onPerson: (id: string) => void;
}

/** The strength of a tie added here, until the user sets another. */
const NEW_TIE = 0.5;
const MOST_BRIDGES = 6;

/** The view without a path: the contacts around the target, and what would open a path. */
export function NoPath({ to, name, maxHops, selfId, onPerson }: NoPathProps) {
  const { data: ties = [] } = useQuery(listRelationshipsOptions(to));
  const show = useToasts((state) => state.show);
  const tie = usePutRelationship();
  const undo = useUndo();
  const bridges = ties.flatMap(({ contact, strength }) =>
    contact && contact.id !== selfId ? [{ ...contact, strength }] : [],
  );

  const know = (id: string, who: string) =>
    tie.mutate(
      { from_contact_id: selfId, to_contact_id: id, strength: NEW_TIE, mutual: true },
      {
        onSuccess: ({ operation }) =>
          show({
            tone: "done",
            text: `Tie to ${who} added: a path is open`,
            action: undoAction(undo, operation),
          }),
        onError: (error) => show({ tone: "problem", text: explain(error) }),
      },
    );

  return (
    <Box bg="bg.surface" border="1px solid" borderColor="line.subtle" borderRadius="xl" p={6}>
      <Heading as="h2" size="md">
        No path to {name} within {plural(maxHops, "hop")}
      </Heading>
      <Text mt={1.5} color="text.muted">
        {bridges.length > 0
          ? `${plural(bridges.length, "of your contacts knows", "of your contacts know")} ${firstName(name)}. Do you know ${bridges.length === 1 ? "them" : "one of them"} yourself?`
          : `No contact of yours has a tie to ${firstName(name)}. More contacts or ties may open a path.`}
      </Text>
      {bridges.slice(0, MOST_BRIDGES).map((bridge) => (
        <Flex key={bridge.id} align="center" gap={3} py={2.5} wrap="wrap">
          <Avatar name={displayName(bridge)} size={34} />
          <Box flex={1} minW="8rem">
            <Button
              variant="ghost"
              size="xs"
              px={1}
              ml={-1}
              color="text.strong"
              fontSize="md"
              onClick={() => onPerson(bridge.id)}
            >
              {displayName(bridge)}
            </Button>
            <Text fontSize="sm" color="text.muted" noOfLines={1}>
              {bridge.company}
            </Text>
          </Box>
          <Strength strength={bridge.strength} />
          <Button
            size="sm"
            isDisabled={tie.isPending}
            onClick={() => know(bridge.id, firstName(displayName(bridge)))}
          >
            I know {firstName(displayName(bridge))}
          </Button>
        </Flex>
      ))}
      <Flex mt={4} gap={2} wrap="wrap">
        <Button as={RouterLink} to="/import" variant={bridges.length > 0 ? "outline" : "accent"}>
          Import more contacts
        </Button>
        <Button onClick={() => onPerson(to)}>Open {firstName(name)}</Button>
      </Flex>
    </Box>
  );
}
