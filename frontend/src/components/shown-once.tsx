import { Box, Button, Code, Flex, Text } from "@chakra-ui/react";
import { useState } from "react";

interface ShownOnceProps {
  /** A token or a secret that the API answers this once. */
  secret: string;
  /** A sentence about what it is for. */
  hint?: string;
}

/** A secret with a button that copies it, and the warning that it is not shown again. */
export function ShownOnce({ secret, hint }: ShownOnceProps) {
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <Box mt={4} p={4} bg="info.subtle" borderRadius="lg" role="status">
      <Text mb={2}>Copy it now: it is not shown again.{hint && ` ${hint}`}</Text>
      <Flex gap={2} align="center" wrap="wrap">
        <Code overflowWrap="anywhere" bg="transparent" whiteSpace="normal" minW={0}>
          {secret}
        </Code>
        <Button
          size="sm"
          onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(secret))}
        >
          {copied === secret ? "Copied" : "Copy"}
        </Button>
      </Flex>
    </Box>
  );
}
