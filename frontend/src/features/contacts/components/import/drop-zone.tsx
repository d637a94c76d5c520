import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { FileUp } from "lucide-react";
import { DemoButton } from "@/components/demo-button";
import { useRef, useState, type DragEvent } from "react";

interface DropZoneProps {
  onFile: (file: File) => void;
}

const SOURCES = [
  ["LinkedIn", "Connections.csv, or the whole ZIP"],
  ["Google, Outlook", "the CSV of their export"],
  ["Apple, Android", "vCard, all in one file"],
  ["HubSpot, Salesforce", "or any spreadsheet: Excel or CSV"],
] as const;

/** One place for every file. */
export function DropZone({ onFile }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <Box maxW="52rem">
      <Flex
        direction="column"
        align="center"
        textAlign="center"
        px={6}
        py={{ base: 10, md: 16 }}
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
          <FileUp size={34} strokeWidth={1.5} aria-hidden />
        </Box>
        <Heading as="h2" size="md">
          Drop a file here
        </Heading>
        <Text mt={1.5} color="text.muted">
          CSV, Excel, vCard, JSON, LDIF or ZIP, up to 2 GB. The format is recognised.
        </Text>
        <Flex mt={6} gap={2} wrap="wrap" justify="center">
          <Button variant="accent" onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          <DemoButton />
        </Flex>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File of contacts"
          accept=".csv,.tsv,.txt,.xlsx,.xlsm,.vcf,.json,.ldif,.zip"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
            event.target.value = "";
          }}
        />
      </Flex>
      <Flex as="dl" wrap="wrap" mt={8} columnGap={10} rowGap={4}>
        {SOURCES.map(([source, what]) => (
          <Box key={source} flex="1 1 20rem">
            <Text as="dt" fontWeight={600} color="text.strong">
              {source}
            </Text>
            <Text as="dd" color="text.muted">
              {what}
            </Text>
          </Box>
        ))}
      </Flex>
    </Box>
  );
}
