import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { CloudOff } from "lucide-react";
import { ApiError, explain } from "@/lib/api-error";

/** An error in words, with a button to try again. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <Flex
      role="alert"
      gap={3}
      align="flex-start"
      bg="danger.subtle"
      color="danger.text"
      borderRadius="lg"
      px={4}
      py={3}
    >
      <Box pt="2px">
        <CloudOff size={17} aria-hidden />
      </Box>
      <Box flex={1}>
        <Text>{explain(error)}</Text>
        {requestId && (
          <Text fontSize="xs" fontFamily="mono" mt={1} wordBreak="break-all">
            request {requestId}
          </Text>
        )}
      </Box>
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Flex>
  );
}
