import { Box, Flex, Heading, SimpleGrid, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Avatar } from "@/components/avatar";
import { Strength } from "@/components/strength";
import { getNetworkOptions } from "@/features/graph/api/get-network";
import { displayName } from "@/lib/format";

interface OneIntroductionAwayProps {
  selfId: string;
  onChoose: (id: string) => void;
  /** The content for a user without ties. */
  alone: ReactNode;
}

const NEAR_PEOPLE = 150;
const SHOWN = 6;

/** The warmest contacts two hops away: one introduction is enough to meet them. */
export function OneIntroductionAway({ selfId, onChoose, alone }: OneIntroductionAwayProps) {
  const { data } = useQuery(
    getNetworkOptions({ center: selfId, depth: 2, limit: NEAR_PEOPLE, minStrength: 0 }),
  );
  const near = (data?.nodes ?? [])
    .filter(({ hops }) => hops === 2)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, SHOWN);
  if (data?.nodes.every(({ hops }) => hops === 0)) return alone;
  if (near.length === 0) return null;
  return (
    <Box as="section" mt={{ base: 10, md: 16 }}>
      <Heading as="h2" size="sm" mb={3} color="text.muted" textAlign="center" fontWeight={550}>
        One introduction away
      </Heading>
      <SimpleGrid columns={{ base: 1, sm: 2, lg: 3 }} spacing={3}>
        {near.map((node) => (
          <Flex
            as="button"
            type="button"
            key={node.id}
            align="center"
            gap={3}
            p={3.5}
            textAlign="left"
            bg="bg.surface"
            border="1px solid"
            borderColor="line.subtle"
            borderRadius="xl"
            _hover={{ borderColor: "accent.line", boxShadow: "lift" }}
            _focusVisible={{ boxShadow: "outline", outline: "none" }}
            onClick={() => onChoose(node.id)}
          >
            <Avatar name={displayName(node)} size={38} />
            <Box minW={0} flex={1}>
              <Text fontWeight={600} color="text.strong" noOfLines={1}>
                {displayName(node)}
              </Text>
              <Text fontSize="sm" color="text.muted" noOfLines={1}>
                {node.company}
              </Text>
            </Box>
            <Strength strength={node.strength} />
          </Flex>
        ))}
      </SimpleGrid>
    </Box>
  );
}
