import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useMutation } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Download } from "lucide-react";
import type { ReactNode } from "react";
import { Link as RouterLink } from "react-router-dom";
import { ErrorNote } from "@/components/error-note";
import { readRefusedRows } from "@/features/contacts/api/imports";
import { problemWords } from "@/features/contacts/importing/sheet-rows";
import { formatCount, plural } from "@/lib/format";
import { saveFile } from "@/lib/save-file";
import type { GraphImport, Import } from "@/types/api";

interface ImportResultProps {
  current: Import;
  /** The help of other areas, below the figures. */
  after: ReactNode;
  onAgain: () => void;
}

const MOST_LISTED = 3;

/** The result in one sentence, and the refused rows as a file. */
export function ImportResult({ current, after, onAgain }: ImportResultProps) {
  const { result, status, problem } = current;
  return (
    <Box maxW="44rem" mt={8}>
      <Flex align="center" gap={3} role="status">
        <Box color={status === "done" ? "success.text" : "danger.text"}>
          {status === "done" ? (
            <CircleCheck size={28} aria-hidden />
          ) : (
            <CircleAlert size={28} aria-hidden />
          )}
        </Box>
        <Heading as="h2" size="md">
          {result ? resultSentence(result) : ENDS[status]}
        </Heading>
      </Flex>
      {problem && (
        <Text mt={4} role="alert" color="text.strong">
          {problem.detail}
        </Text>
      )}
      {result && (
        <Flex mt={6} gap={{ base: 6, md: 12 }} wrap="wrap">
          <Figure label="New" value={result.created} />
          <Figure label="Updated" value={result.updated} />
          <Figure label="Unchanged" value={result.unchanged} />
          <Figure label="Failed" value={result.failed} />
        </Flex>
      )}
      {result && result.failed > 0 && (
        <RefusedRows id={current.id} name={current.filename} result={result} />
      )}
      {result && result.kept > 0 && <KeptValues result={result} />}
      {after}
      <Flex mt={8} gap={2} wrap="wrap">
        <Button as={RouterLink} to="/contacts?sort=-created_at" variant="accent">
          See them
        </Button>
        <Button onClick={onAgain}>Import another file</Button>
      </Flex>
    </Box>
  );
}

const ENDS: Readonly<Record<string, string>> = {
  cancelled: "Stopped. What was imported stays.",
  failed: "The file could not be imported",
};

function RefusedRows({ id, name, result }: { id: string; name: string; result: GraphImport }) {
  const save = useMutation({
    mutationFn: async () => {
      saveFile(`${name.replace(/\.\w+$/, "")}-failed.csv`, await readRefusedRows(id));
    },
  });
  return (
    <Box mt={6} p={4} bg="doubt" borderRadius="lg">
      <Text fontWeight={550} color="text.strong">
        {plural(result.failed, "row was", "rows were")} not imported
        {result.errors.length > result.failed && ", and some cells of other rows were left out"}.
      </Text>
      <Box as="ul" mt={1} pl={4}>
        {result.errors.slice(0, MOST_LISTED).map((error, at) => (
          <Text as="li" key={at}>
            Line {error.line}: {problemWords(error)}
          </Text>
        ))}
      </Box>
      {save.error && <ErrorNote error={save.error} />}
      <Button
        mt={3}
        size="sm"
        leftIcon={<Download size={14} />}
        isLoading={save.isPending}
        onClick={() => save.mutate()}
      >
        Save these rows
      </Button>
    </Box>
  );
}

/** Values of the file that differ from those of known contacts, and what became of them. */
function KeptValues({ result }: { result: NonNullable<Import["result"]> }) {
  return (
    <Box mt={6} p={4} bg="bg.sunken" borderRadius="lg">
      <Text fontWeight={550} color="text.strong">
        {plural(result.kept, "value differs", "values differ")} from what your contacts had. Nothing
        was lost:
      </Text>
      <Box as="ul" mt={1} pl={4}>
        {result.notices.slice(0, MOST_LISTED).map((notice, at) => (
          <Text as="li" key={at}>
            Line {notice.line}: {problemWords(notice)}
          </Text>
        ))}
        {result.kept > MOST_LISTED && <li>and {formatCount(result.kept - MOST_LISTED)} more</li>}
      </Box>
    </Box>
  );
}

/** Return a sentence that says what an import changed. */
export function resultSentence(
  result: Pick<GraphImport, "created" | "updated" | "failed">,
): string {
  if (result.created + result.updated === 0) {
    return result.failed > 0
      ? "Nothing could be imported"
      : "You already had all of these contacts";
  }
  const updated = result.updated > 0 ? `, ${formatCount(result.updated)} updated` : "";
  return `${plural(result.created, "new contact")}${updated}`;
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
