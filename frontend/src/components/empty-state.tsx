import { Box, Flex, Heading, Text } from "@chakra-ui/react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  /** The next useful actions, the most useful first. */
  actions?: ReactNode;
}

/** An empty view, with actions that fill it. */
export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <Flex direction="column" align="center" textAlign="center" px={6} py={{ base: 10, md: 16 }}>
      <Flex
        align="center"
        justify="center"
        boxSize={14}
        borderRadius="2xl"
        bg="accent.subtle"
        color="accent.text"
        mb={5}
      >
        <Icon size={26} strokeWidth={1.75} aria-hidden />
      </Flex>
      <Heading as="h2" size="md">
        {title}
      </Heading>
      <Text mt={2} maxW="26rem" color="text.muted">
        {children}
      </Text>
      {actions && (
        <Flex mt={6} gap={2} wrap="wrap" justify="center">
          {actions}
        </Flex>
      )}
      <Box h={2} />
    </Flex>
  );
}
