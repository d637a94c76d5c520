import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useState } from "react";
import { displayName, firstName, percent } from "@/lib/format";
import { strengthVariable, strengthWord } from "@/theme/strength";
import { pathReason } from "@/features/graph/path-reasons";
import type { Path } from "@/types/api";
import { PathAdvice } from "./path-advice";
import { PathFaces } from "./path-faces";
import { PathWhy } from "./path-why";

interface PathRowProps {
  path: Path;
  selfId: string;
  /** Whether this is the best path, which stands out. */
  best: boolean;
  onPerson: (id: string) => void;
  /** Opens the request for an introduction; absent where the API takes none. */
  onAsk: ((path: Path) => void) | undefined;
}

/** One path: its faces, its strength, the reasons for it, and the button to ask. */
export function PathRow({ path, selfId, best, onPerson, onAsk }: PathRowProps) {
  const connector = path.contacts[1];
  const direct = path.contacts.length <= 2;
  const [why, setWhy] = useState(false);
  return (
    <Box
      as="li"
      listStyleType="none"
      bg="bg.surface"
      border="1px solid"
      borderColor={best ? "accent.line" : "line.subtle"}
      borderRadius="xl"
      boxShadow={best ? "lift" : "none"}
      px={{ base: 4, md: 7 }}
      pt={{ base: 4, md: 6 }}
      pb={4}
    >
      <Flex gap={{ base: 4, md: 10 }} align="flex-start" direction={{ base: "column", md: "row" }}>
        <Box flex={1} minW={0} w="full" px={{ md: 3 }}>
          <PathFaces path={path} selfId={selfId} onPerson={onPerson} />
        </Box>
        <Flex
          direction={{ base: "row", md: "column" }}
          align={{ base: "baseline", md: "flex-end" }}
          gap={{ base: 2, md: 0 }}
          flex="none"
          minW={{ md: "84px" }}
        >
          <Text
            fontSize="2xl"
            fontWeight={650}
            lineHeight="44px"
            color="text.strong"
            sx={{ fontVariantNumeric: "tabular-nums" }}
          >
            {percent(path.likelihood)}
          </Text>
          <Flex align="center" gap={1.5} fontSize="sm" color="text.muted">
            <Box
              boxSize="8px"
              borderRadius="full"
              bg={strengthVariable(path.strength)}
              aria-hidden
            />
            {direct ? strengthWord(path.strength) : `likely; ${strengthWord(path.strength)}`}
          </Flex>
        </Flex>
      </Flex>
      <Flex mt={4} gap={3} align="center" justify="space-between" wrap="wrap">
        <Box flex="1 1 14rem">
          <Text color="text.muted" mb={1}>
            {pathReason(path, selfId)}
          </Text>
          <PathAdvice advice={path.advice} />
        </Box>
        <Button size="sm" variant="ghost" aria-expanded={why} onClick={() => setWhy(!why)}>
          {why ? "Hide why" : "Why?"}
        </Button>
        {onAsk && connector && !direct && (
          <Button size="sm" variant={best ? "accent" : "outline"} onClick={() => onAsk(path)}>
            Ask {firstName(displayName(connector))}
          </Button>
        )}
      </Flex>
      {why && <PathWhy path={path} selfId={selfId} />}
    </Box>
  );
}
