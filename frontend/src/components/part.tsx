import { Box, Heading, Text } from "@chakra-ui/react";
import type { ReactNode } from "react";

interface PartProps {
  title: string;
  hint: string;
  children: ReactNode;
}

/** One part of the view under its own heading. */
export function Part({ title, hint, children }: PartProps) {
  return (
    <Box
      as="section"
      py={6}
      borderBottom="1px solid"
      borderColor="line.subtle"
      _last={{ border: 0 }}
    >
      <Heading as="h2" size="sm">
        {title}
      </Heading>
      <Text color="text.muted" mb={4} mt={0.5}>
        {hint}
      </Text>
      {children}
    </Box>
  );
}
