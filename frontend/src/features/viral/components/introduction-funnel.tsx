import { Box, Flex, Text } from "@chakra-ui/react";
import { formatCount } from "@/lib/format";
import type { ViralStats } from "@/types/api";

const STEPS = [
  ["requested", "Asked"],
  ["connector_accepted", "Passed on"],
  ["introduced", "Introduced"],
  ["completed", "Done"],
] as const;

type Funnel = ViralStats["funnel"];

/** The number of introductions that reached each state. */
export function IntroductionFunnel({ funnel }: { funnel: Funnel }) {
  const all = Math.max(1, funnel.requested);
  return (
    <Box>
      {STEPS.map(([status, words], at) => (
        <Flex key={status} align="center" gap={3} py={1}>
          <Text w="90px" flex="none" color="text.muted">
            {words}
          </Text>
          <Box flex={1} h="22px" bg="bg.sunken" borderRadius="md" overflow="hidden">
            <Box
              h="full"
              w={`${(funnel[status] / all) * 100}%`}
              bg={`var(--strength-${4 + at * 2})`}
            />
          </Box>
          <Text w="40px" textAlign="right" color="text.strong" fontWeight={600}>
            {formatCount(funnel[status])}
          </Text>
        </Flex>
      ))}
      {funnel.requested === 0 && (
        <Text mt={2} color="text.muted">
          You have asked for none in this time.
        </Text>
      )}
    </Box>
  );
}
