import { Flex, Text } from "@chakra-ui/react";

/** The mark: a W that warms from end to end. */
export function LogoMark({ size = 28 }: { size?: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}

export function Logo() {
  return (
    <Flex align="center" gap={2.5}>
      <LogoMark />
      <Text as="span" fontSize="lg" fontWeight={680} letterSpacing="-0.02em" color="text.strong">
        Warmpath
      </Text>
    </Flex>
  );
}
