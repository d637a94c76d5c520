import { Box, Flex, Text } from "@chakra-ui/react";
import { formatCount } from "@/lib/format";

const STEPS = [
  ["requested", "Asked"],
  ["connector_accepted", "Passed on"],
  ["introduced", "Introduced"],
  ["completed", "Done"],
] as const;

/** How many introductions got how far. Who is further has been through what stands above. */
export function IntroductionFunnel({ introductions }: { introductions: Record<string, number> }) {
  const reached = STEPS.map((_, from) =>
    STEPS.slice(from).reduce((sum, [status]) => sum + (introductions[status] ?? 0), 0),
  );
  const closed = ["declined", "not_now", "withdrawn", "expired"].reduce(
    (sum, status) => sum + (introductions[status] ?? 0),
    0,
  );
  const all = Math.max(1, (reached[0] ?? 0) + closed);
  return (
    <Box>
      {STEPS.map(([status, words], at) => {
        const count = (reached[at] ?? 0) + (at === 0 ? closed : 0);
        return (
          <Flex key={status} align="center" gap={3} py={1}>
            <Text w="90px" flex="none" color="text.muted">
              {words}
            </Text>
            <Box flex={1} h="22px" bg="bg.sunken" borderRadius="md" overflow="hidden">
              <Box h="full" w={`${(count / all) * 100}%`} bg={`var(--warmth-${4 + at * 2})`} />
            </Box>
            <Text w="40px" textAlign="right" color="text.strong" fontWeight={600}>
              {formatCount(count)}
            </Text>
          </Flex>
        );
      })}
      {closed > 0 && (
        <Text mt={2} fontSize="sm" color="text.muted">
          {formatCount(closed)} ended earlier: not now, no answer, or withdrawn.
        </Text>
      )}
    </Box>
  );
}
