import { Box } from "@chakra-ui/react";

/** Whether this keyboard says Cmd where others say Ctrl. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys as one presses them, such as `mod+k`. */
export function KeyHint({ keys }: { keys: string }) {
  // A plus between two keys joins them; alone it is a key.
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
