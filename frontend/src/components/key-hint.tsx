import { Box } from "@chakra-ui/react";

/** Whether the keyboard has Cmd in place of Ctrl. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A key combination, such as `mod+k`. */
export function KeyHint({ keys }: { keys: string }) {
  // A plus between two keys joins them; a single plus is a key.
  const parts = keys
    .split(/(?<=.)\+(?=.)| /)
    .map((key) => (key === "mod" ? (isApple ? "⌘" : "Ctrl") : key));
  return (
    <Box as="span" display="inline-flex" gap="3px" aria-hidden>
      {parts.map((part, at) => (
        <Box
          as="kbd"
          key={at}
          minW="18px"
          px="5px"
          textAlign="center"
          fontFamily="body"
          fontSize="11px"
          lineHeight="17px"
          color="text.muted"
          bg="bg.sunken"
          border="1px solid"
          borderColor="line.subtle"
          borderRadius="4px"
        >
          {part}
        </Box>
      ))}
    </Box>
  );
}
