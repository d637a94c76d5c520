import { Flex } from "@chakra-ui/react";
import type { ReactNode } from "react";

interface CheckRowProps {
  checked: boolean;
  onChange: () => void;
  children: ReactNode;
}

/** One checkbox of a list. */
export function CheckRow({ checked, onChange, children }: CheckRowProps) {
  return (
    <Flex
      as="label"
      align="center"
      gap={2.5}
      px={2}
      py={1.5}
      borderRadius="md"
      cursor="pointer"
      _hover={{ bg: "bg.hover" }}
      sx={{ input: { accentColor: "var(--chakra-colors-accent-text)", boxSize: "15px" } }}
    >
      <input type="checkbox" checked={checked} onChange={onChange} />
      {children}
    </Flex>
  );
}
