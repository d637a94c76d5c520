import { Box, Flex, Heading, Text } from "@chakra-ui/react";
import { ErrorNote } from "@/components/error-note";
import { useImport } from "@/features/contacts/importing/use-import";
import { DropZone } from "./drop-zone";
import { ImportPreview } from "./import-preview";
import { ImportProgress } from "./import-progress";
import { ImportResult } from "./import-result";
import { PastImports } from "./past-imports";

/** From a file to contacts: choose a file, check what becomes of it, import. */
export function ImportView({ canEnrich }: { canEnrich: boolean }) {
  const importing = useImport({ canEnrich });
  return (
    <Flex direction="column" minH="full" px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 8 }}>
      <Heading as="h1" size="lg">
        Import contacts
      </Heading>
      <Stage importing={importing} canEnrich={canEnrich} />
    </Flex>
  );
}

interface StageProps {
  importing: ReturnType<typeof useImport>;
  canEnrich: boolean;
}

function Stage({ importing, canEnrich }: StageProps) {
  const { current, sending, error } = importing;
  if (sending || current?.status === "running") {
    return <ImportProgress current={current} sending={sending} importing={importing} />;
  }
  if (current?.phase === "plan" && current.ended_at === null) {
    return <ImportPreview current={current} importing={importing} canEnrich={canEnrich} />;
  }
  if (current && current.ended_at !== null) {
    return <ImportResult current={current} onAgain={importing.reset} />;
  }
  const awaited = current?.phase === "upload" ? current.filename : null;
  return (
    <>
      <Text mt={1} mb={6} color="text.muted">
        {awaited
          ? `${awaited} has not arrived whole. Choose it again, and the upload goes on where it was.`
          : "You see what the file becomes before anything is changed."}
      </Text>
      {error !== undefined && (
        <Box mb={4}>
          <ErrorNote error={error} />
        </Box>
      )}
      <DropZone onFile={importing.start} />
      <PastImports onOpen={importing.open} />
    </>
  );
}
