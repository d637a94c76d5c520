import { Box, Flex, Heading, Text } from "@chakra-ui/react";
import type { ReactNode } from "react";
import { ErrorNote } from "@/components/error-note";
import { useImport } from "@/features/contacts/importing/use-import";
import type { Import } from "@/types/api";
import { DropZone } from "./drop-zone";
import { ImportPreview } from "./import-preview";
import { ImportProgress } from "./import-progress";
import { ImportResult } from "./import-result";
import { PastImports } from "./past-imports";

interface ImportViewProps {
  canEnrich: boolean;
  /** The help that other areas add to the result of an import. */
  after: (current: Import) => ReactNode;
}

/** From a file to contacts: choose a file, check what becomes of it, import. */
export function ImportView({ canEnrich, after }: ImportViewProps) {
  const importing = useImport({ canEnrich });
  return (
    <Flex direction="column" minH="full" px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 8 }}>
      <Heading as="h1" size="lg">
        Import contacts
      </Heading>
      <Stage {...{ importing, canEnrich, after }} />
    </Flex>
  );
}

type StageProps = ImportViewProps & { importing: ReturnType<typeof useImport> };

function Stage({ importing, canEnrich, after }: StageProps) {
  const { current, sending, error } = importing;
  if (sending || current?.status === "running") {
    return <ImportProgress current={current} sending={sending} importing={importing} />;
  }
  if (current?.phase === "plan" && current.ended_at === null) {
    return <ImportPreview current={current} importing={importing} canEnrich={canEnrich} />;
  }
  if (current && current.ended_at !== null) {
    return <ImportResult current={current} after={after(current)} onAgain={importing.reset} />;
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
