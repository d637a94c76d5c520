import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { CircleCheck, Download } from "lucide-react";
import { Link as RouterLink } from "react-router-dom";
import { csv } from "@/features/contacts/contacts-csv";
import { fieldWords } from "@/features/contacts/importing/fields";
import type { ImportTally } from "@/features/contacts/importing/run-import";
import type { ImportStage } from "@/features/contacts/importing/use-import";
import { formatCount, plural } from "@/lib/format";
import { saveFile } from "@/lib/save-file";

/**
 * Refused rows listed for a file that only the API can read: they cannot be saved here, so more are
 * listed.
 */
const MOST_LISTED = 20;

interface ImportResultProps {
  stage: Extract<ImportStage, { at: "done" }>;
  onAgain: () => void;
}

/** The result in one sentence, and the refused rows as a file. */
export function ImportResult({ stage, onAgain }: ImportResultProps) {
  const { sheet, tally } = stage;
  const save = async () => {
    const name = sheet.file.name.replace(/\.\w+$/, "");
    const indexes = [...new Set(tally.refused.map(({ index }) => index))].filter((at) => at >= 0);
    const { rows } = await sheet.ask<"rows">({ ask: "rows", indexes });
    const why = new Map(tally.refused.map((row) => [row.index, problemWords(row)]));
    const body = rows.map((cells, at) => [...cells, why.get(indexes[at] ?? -1) ?? ""]);
    saveFile(`${name}-failed.csv`, csv([[...sheet.columns, "Problem"], ...body]));
  };

  return (
    <Box maxW="44rem" mt={8}>
      <Flex align="center" gap={3} role="status">
        <Box color="success.text">
          <CircleCheck size={28} aria-hidden />
        </Box>
        <Heading as="h2" size="md">
          {resultSentence(tally)}
        </Heading>
      </Flex>
      <Flex mt={6} gap={{ base: 6, md: 12 }} wrap="wrap">
        <Figure label="New" value={tally.created} />
        <Figure label="Updated" value={tally.updated} />
        <Figure label="Unchanged" value={tally.unchanged} />
        <Figure label="Failed" value={tally.failed} />
      </Flex>
      {tally.failed > 0 && (
        <Box mt={6} p={4} bg="doubt" borderRadius="lg">
          <Text fontWeight={550} color="text.strong">
            {plural(tally.failed, "row was", "rows were")} not imported
            {tally.refused.length > tally.failed && ", and some cells of other rows were left out"}.
          </Text>
          <Box as="ul" mt={1} pl={4}>
            {tally.refused.slice(0, sheet.kind === "whole" ? MOST_LISTED : 3).map((row, at) => (
              <Text as="li" key={at}>
                Line {row.line}: {problemWords(row)}
              </Text>
            ))}
          </Box>
          {sheet.kind !== "whole" && (
            <Button mt={3} size="sm" leftIcon={<Download size={14} />} onClick={() => void save()}>
              Save these rows
            </Button>
          )}
        </Box>
      )}
      <Flex mt={8} gap={2} wrap="wrap">
        <Button as={RouterLink} to="/contacts?sort=-created_at" variant="accent">
          See them
        </Button>
        <Button onClick={onAgain}>Import another file</Button>
      </Flex>
    </Box>
  );
}

/** Return a sentence that says what an import changed. */
export function resultSentence(tally: ImportTally): string {
  if (tally.created + tally.updated === 0) {
    return tally.failed > 0 ? "Nothing could be imported" : "You already had all of these contacts";
  }
  const updated = tally.updated > 0 ? `, ${formatCount(tally.updated)} updated` : "";
  return `${plural(tally.created, "new contact")}${updated}`;
}

function problemWords(row: { field: string | null; message: string; value: string | null }) {
  const field = row.field ? `${fieldWords(row.field)} ` : "";
  return `${field}${row.value ? `“${row.value}” ` : ""}${row.message}`;
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <Box>
      <Text
        fontSize="3xl"
        fontWeight={650}
        color="text.strong"
        sx={{ fontVariantNumeric: "tabular-nums" }}
      >
        {formatCount(value)}
      </Text>
      <Text color="text.muted">{label}</Text>
    </Box>
  );
}
