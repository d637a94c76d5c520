import { Box, Flex, Text } from "@chakra-ui/react";
import { FileUp } from "lucide-react";
import { DemoButton } from "@/components/demo-button";
import { FileZone } from "@/components/file-zone";

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
  return (
    <Box maxW="52rem">
      <FileZone
        icon={<FileUp size={34} strokeWidth={1.5} aria-hidden />}
        title="Drop a file here"
        label="File of contacts"
        accept=".csv,.tsv,.txt,.xlsx,.xlsm,.vcf,.json,.ldif,.zip"
        beside={<DemoButton />}
        py={{ base: 10, md: 16 }}
        onFile={onFile}
      >
        CSV, Excel, vCard, JSON, LDIF or ZIP, up to 2 GB. The format is recognised.
      </FileZone>
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
