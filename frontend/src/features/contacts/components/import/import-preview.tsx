import { Box, Button, Flex, Input, Select, Switch, Text } from "@chakra-ui/react";
import { useState, type ReactNode } from "react";
import { ErrorNote } from "@/components/error-note";
import { formatWords } from "@/features/contacts/importing/fields";
import { CHUNK_ROWS } from "@/features/contacts/importing/run-import";
import type { ImportStage, useImport } from "@/features/contacts/importing/use-import";
import { plural } from "@/lib/format";
import { SheetTable } from "./sheet-table";

interface ImportPreviewProps {
  stage: Extract<ImportStage, { at: "preview" }>;
  importing: ReturnType<typeof useImport>;
  canEnrich: boolean;
}

/** The file as it is, with the field of each column and the doubtful cells. */
export function ImportPreview({ stage, importing, canEnrich }: ImportPreviewProps) {
  const { sheet, preview, error } = stage;
  const { choices, choose, editCell, run, reset } = importing;
  const isWhole = sheet.kind === "whole";
  const rows = isWhole ? (preview?.answer.received ?? 0) : sheet.count;
  // For a file that only the API can read, the API's answer names the columns.
  const columns = isWhole ? Object.keys(preview?.answer.mapping ?? {}) : sheet.columns;

  return (
    <>
      <Summary stage={stage} rows={rows} />
      {error !== undefined && (
        <Box my={3}>
          <ErrorNote error={error} />
        </Box>
      )}
      {columns.length > 0 && (
        <SheetTable
          columns={columns}
          rows={sheet.rows}
          mapping={{ ...preview?.answer.mapping, ...choices.mapping }}
          mappable={isWhole || sheet.kind === "csv"}
          editable={sheet.kind !== "vcard"}
          refused={preview?.refused ?? []}
          onMap={(column, field) => choose({ mapping: { ...choices.mapping, [column]: field } })}
          onEdit={(row, column, value) => void editCell(row, column, value)}
        />
      )}
      <Flex mt={5} gap={{ base: 4, md: 8 }} wrap="wrap" align="flex-end">
        <Choice label="Contacts you already have">
          <Select
            size="sm"
            aria-label="What happens to contacts you already have"
            value={choices.onDuplicate}
            onChange={(event) => choose({ onDuplicate: event.target.value as "update" | "skip" })}
          >
            <option value="update">Fill in their blanks</option>
            <option value="skip">Leave them unchanged</option>
          </Select>
        </Choice>
        <Choice label="How well do you know them?">
          <Select
            size="sm"
            aria-label="How well you know them"
            value={choices.tieToMe ?? ""}
            onChange={(event) => choose({ tieToMe: Number(event.target.value) || null })}
          >
            <option value="">As the file says</option>
            <option value="0.3">A little</option>
            <option value="0.5">Fairly</option>
            <option value="0.8">Well</option>
          </Select>
        </Choice>
        <Choice label="Tag them">
          <Input
            size="sm"
            aria-label="Tags for all, separated by commas"
            placeholder="conference, 2026"
            onBlur={(event) => choose({ tags: splitTags(event.target.value) })}
          />
        </Choice>
        {canEnrich && (
          <Switch
            minH={8}
            isChecked={choices.enrich}
            onChange={(event) => choose({ enrich: event.target.checked })}
          >
            Enrich: look up what is missing
          </Switch>
        )}
      </Flex>
      <Flex mt={6} gap={2} wrap="wrap">
        <Button variant="accent" size="lg" isDisabled={!preview || rows === 0} onClick={run}>
          Import {plural(rows, "row")}
        </Button>
        <Button size="lg" onClick={reset}>
          Another file
        </Button>
      </Flex>
    </>
  );
}

function splitTags(text: string): string[] {
  return text
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box minW="11rem">
      <Text fontSize="sm" fontWeight={550} mb={1}>
        {label}
      </Text>
      {children}
    </Box>
  );
}

function Summary({ stage, rows }: { stage: ImportPreviewProps["stage"]; rows: number }) {
  const { sheet, preview } = stage;
  const [now] = useState(() => sheet.file.name);
  if (!preview) {
    return (
      <Text mt={1} mb={5} color="text.muted" role="status">
        {now}: {plural(rows, "row")}. Recognising the columns.
      </Text>
    );
  }
  const { answer } = preview;
  const inPart = sheet.kind !== "whole" && rows > CHUNK_ROWS;
  const checked = inPart ? `Of the first ${plural(CHUNK_ROWS, "row")}: ` : "";
  const parts = [
    plural(answer.created, "new contact"),
    answer.updated > 0 ? `${plural(answer.updated, "contact")} to update` : "",
    answer.unchanged > 0 ? `${plural(answer.unchanged, "contact")} unchanged` : "",
    answer.failed > 0 ? `${plural(answer.failed, "row")} cannot be read` : "",
  ].filter(Boolean);
  return (
    <Text mt={1} mb={5} color="text.muted" role="status">
      <Box as="span" color="text.strong" fontWeight={550}>
        {now}
      </Box>{" "}
      is {formatWords(answer.format)}, {plural(rows, "row")}. {checked}
      {parts.join(", ")}.
    </Text>
  );
}
