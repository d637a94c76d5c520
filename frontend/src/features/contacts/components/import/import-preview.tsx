import { Box, Button, Flex, Input, Select, Switch, Text } from "@chakra-ui/react";
import { useMemo, type ReactNode } from "react";
import { ErrorNote } from "@/components/error-note";
import { formatWords } from "@/features/contacts/importing/fields";
import { sheetOf } from "@/features/contacts/importing/sheet-rows";
import type { useImport } from "@/features/contacts/importing/use-import";
import { plural } from "@/lib/format";
import type { Import } from "@/types/api";
import { SheetTable } from "./sheet-table";

interface ImportPreviewProps {
  current: Import;
  importing: ReturnType<typeof useImport>;
  canEnrich: boolean;
}

const MOST_DOUBTS = 5;

/** How the server reads the file, its first rows as they will be, and what the user may correct. */
export function ImportPreview({ current, importing, canEnrich }: ImportPreviewProps) {
  const { choices, choose, map, run, reset, error, isBusy } = importing;
  const { columns, rows, mappable } = useMemo(() => sheetOf(current), [current]);
  const received = current.counts?.received ?? 0;

  return (
    <>
      <Summary current={current} />
      {error !== undefined && (
        <Box my={3}>
          <ErrorNote error={error} />
        </Box>
      )}
      {rows.length > 0 && (
        <SheetTable
          columns={columns}
          rows={rows}
          mapping={current.plan?.mapping ?? {}}
          mappable={mappable && !isBusy}
          onMap={(column, field) => map({ [column]: field })}
        />
      )}
      <Doubts current={current} />
      <Flex mt={5} gap={{ base: 4, md: 8 }} wrap="wrap" align="flex-end">
        <Orders current={current} importing={importing} />
        <Choice label="Contacts you already have">
          <Select
            size="sm"
            aria-label="What happens to contacts you already have"
            value={choices.onDuplicate ?? current.plan?.on_duplicate}
            onChange={(event) => choose({ onDuplicate: event.target.value as "update" })}
          >
            <option value="update">Fill in their blanks</option>
            <option value="newest">Take what the file says, keep the rest</option>
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
        <Button
          variant="accent"
          size="lg"
          isDisabled={received === 0}
          isLoading={isBusy}
          onClick={run}
        >
          Import {plural(received, "row")}
        </Button>
        <Button size="lg" onClick={reset}>
          Another file
        </Button>
      </Flex>
    </>
  );
}

/** The orders of dates and of names, where the file has such columns. */
function Orders({ current, importing }: Omit<ImportPreviewProps, "canEnrich">) {
  const { plan } = current;
  const { correct, isBusy } = importing;
  return (
    <>
      {plan?.date_order && (
        <Choice label="Dates such as 3/4/1985">
          <Select
            size="sm"
            aria-label="How dates are written"
            value={plan.date_order}
            isDisabled={isBusy}
            onChange={(event) => correct({ date_order: event.target.value as "day_first" })}
          >
            <option value="day_first">Day first: 3 April</option>
            <option value="month_first">Month first: 4 March</option>
          </Select>
        </Choice>
      )}
      {plan?.name_order && (
        <Choice label="Names">
          <Select
            size="sm"
            aria-label="How names are written"
            value={plan.name_order}
            isDisabled={isBusy}
            onChange={(event) => correct({ name_order: event.target.value as "given_first" })}
          >
            <option value="given_first">As they stand: Ana Diaz</option>
            <option value="family_first">Family name first: Diaz, Ana</option>
          </Select>
        </Choice>
      )}
    </>
  );
}

function Doubts({ current }: { current: Import }) {
  const doubts = (current.doubts ?? []).filter(({ kind }) => kind !== "column");
  if (doubts.length === 0) return null;
  return (
    <Box mt={4} p={4} bg="doubt" borderRadius="lg">
      <Text fontWeight={550} color="text.strong">
        Please look at {plural(doubts.length, "doubt")}
      </Text>
      <Box as="ul" mt={1} pl={4}>
        {doubts.slice(0, MOST_DOUBTS).map((doubt, at) => (
          <Text as="li" key={at}>
            {doubt.line === null ? "" : `Line ${doubt.line}: `}
            {doubt.value ? `“${doubt.value}” ` : ""}
            {doubt.message}
          </Text>
        ))}
        {doubts.length > MOST_DOUBTS && <li>and {doubts.length - MOST_DOUBTS} more</li>}
      </Box>
    </Box>
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

function Summary({ current }: { current: Import }) {
  const { counts, plan, filename } = current;
  if (!counts || !plan) return null;
  const parts = [
    plural(counts.new, "new contact"),
    counts.changed > 0 ? `${plural(counts.changed, "contact")} to update` : "",
    counts.known > 0 ? `${plural(counts.known, "row")} with nothing new` : "",
    counts.refused > 0 ? `${plural(counts.refused, "row")} cannot be read` : "",
  ].filter(Boolean);
  return (
    <Text mt={1} mb={5} color="text.muted" role="status">
      <Box as="span" color="text.strong" fontWeight={550}>
        {filename}
      </Box>{" "}
      is {formatWords(plan.format)}, {plural(counts.received, "row")}. {parts.join(", ")}.
    </Text>
  );
}
