import { Box, Flex, Heading } from "@chakra-ui/react";
import type { ReactNode } from "react";

interface PanelSectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a side panel. */
export function PanelSection({ title, aside, children }: PanelSectionProps) {
  return (
    <Box as="section" mt={6} pt={5} borderTop="1px solid" borderColor="line.subtle">
      <Flex align="baseline" justify="space-between" mb={2.5}>
        <Heading as="h3" size="sm">
          {title}
        </Heading>
        {aside}
      </Flex>
      {children}
    </Box>
  );
}
