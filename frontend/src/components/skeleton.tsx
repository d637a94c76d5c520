import { Box, type BoxProps } from "@chakra-ui/react";

/** A placeholder in the shape of the content that is loading. */
export function Skeleton(props: BoxProps) {
  return <Box aria-hidden bg="line.subtle" borderRadius="md" h="12px" {...props} />;
}
