import { Box, Flex, Heading, Text } from "@chakra-ui/react";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useImport } from "@/features/contacts/importing/use-import";
import { ApiError } from "@/lib/api-error";
import { DropZone } from "./drop-zone";
import { ImportPreview } from "./import-preview";
import { ImportProgress } from "./import-progress";
import { ImportResult } from "./import-result";

/** From a file to contacts: choose a file, check the preview, import. */
export function ImportView({ canEnrich }: { canEnrich: boolean }) {
  const importing = useImport();
  const { stage, start } = importing;

  return (
    <Flex direction="column" minH="full" px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 8 }}>
      <Heading as="h1" size="lg">
        Import contacts
      </Heading>
      {stage.at === "drop" && (
        <>
          <Text mt={1} mb={6} color="text.muted">
            You see what the file becomes before anything is changed.
          </Text>
          {stage.error !== undefined && (
            <Box mb={4}>
              {stage.error instanceof ApiError ? (
                <ErrorNote error={stage.error} />
              ) : (
                <Text
                  role="alert"
                  px={4}
                  py={3}
                  bg="danger.subtle"
                  color="danger.text"
                  borderRadius="lg"
                >
                  This file could not be read. CSV, Excel, vCard, JSON and LinkedIn’s ZIP can.
                </Text>
              )}
            </Box>
          )}
          <DropZone onFile={(file) => void start(file)} />
        </>
      )}
      {stage.at === "reading" && (
        <Box mt={6} role="status" aria-label={`Reading ${stage.name}`}>
          <Text color="text.muted">Reading {stage.name}</Text>
          {[0, 1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} mt={4} h="14px" />
          ))}
        </Box>
      )}
      {stage.at === "preview" && (
        <ImportPreview stage={stage} importing={importing} canEnrich={canEnrich} />
      )}
      {(stage.at === "running" || stage.at === "stopped") && (
        <ImportProgress stage={stage} importing={importing} />
      )}
      {stage.at === "done" && <ImportResult stage={stage} onAgain={importing.reset} />}
    </Flex>
  );
}
