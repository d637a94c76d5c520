import { Box, Flex, Text } from "@chakra-ui/react";
import { displayName, percent, plural } from "@/lib/format";
import type { Dot } from "@/features/graph/network-model";

interface StrengthLegendProps {
  /** The dot under the pointer. */
  dot: Dot | undefined;
  ties: number;
}

/** The colour ramp, and the name of the contact under the pointer. */
export function StrengthLegend({ dot, ties }: StrengthLegendProps) {
  return (
    <Box
      position="absolute"
      left={{ base: 3, md: 5 }}
      bottom={{ base: 4, md: 5 }}
      px={3}
      py={2}
      bg="bg.raised"
      border="1px solid"
      borderColor="line.subtle"
      borderRadius="lg"
      boxShadow="lift"
      maxW="15rem"
      pointerEvents="none"
    >
      {dot && (
        <Box mb={2}>
          <Text fontWeight={600} color="text.strong" noOfLines={1}>
            {dot.hops === 0 ? "You" : displayName(dot)}
          </Text>
          <Text fontSize="sm" color="text.muted" noOfLines={1}>
            {[dot.company, plural(ties, "tie"), dot.hops > 0 ? percent(dot.strength) : ""]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </Box>
      )}
      <Flex align="center" gap={2} fontSize="xs" color="text.muted">
        faint
        <Box
          w="84px"
          h="6px"
          borderRadius="full"
          bgGradient="linear(to-r, var(--strength-0), var(--strength-3), var(--strength-5), var(--strength-8), var(--strength-10))"
        />
        very warm
      </Flex>
    </Box>
  );
}
