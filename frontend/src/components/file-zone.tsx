import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";

type Props = {
  icon: ReactNode;
  title: string;
  /** The formats that are read, in a sentence. */
  children: ReactNode;
  /** Name of the file input for screen readers and tests. */
  label: string;
  /** Extensions and media types, as an input of files has them. */
  accept: string;
  /** Stands beside the button. */
  beside?: ReactNode;
  py: { base: number; md: number };
  onFile: (file: File) => void;
};

/** A place to drop one file on, with a button that opens the system's dialog. */
export function FileZone({ icon, title, children, label, accept, beside, py, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <Flex
      direction="column"
      align="center"
      textAlign="center"
      px={6}
      py={py}
      border="2px dashed"
      borderColor={over ? "accent.solid" : "line.strong"}
      borderRadius="2xl"
      bg={over ? "accent.subtle" : "bg.surface"}
      transition="background-color 120ms, border-color 120ms"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Box color="accent.text" mb={4}>
        {icon}
      </Box>
      <Heading as="h2" size="md">
        {title}
      </Heading>
      <Text mt={1.5} color="text.muted" maxW="40rem">
        {children}
      </Text>
      <Flex mt={6} gap={2} wrap="wrap" justify="center">
        <Button variant="accent" onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        {beside}
      </Flex>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
    </Flex>
  );
}
