import { Box, type BoxProps } from "@chakra-ui/react";

/** A place that will be filled, in the shape of what comes. */
export function Skeleton(props: BoxProps) {
  return <Box aria-hidden bg="line.subtle" borderRadius="md" h="12px" {...props} />;
}
