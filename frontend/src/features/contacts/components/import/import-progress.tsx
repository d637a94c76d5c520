import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useEffect, useState } from "react";
import { ErrorNote } from "@/components/error-note";
import { pace } from "@/features/contacts/importing/run-import";
import type { ImportStage, useImport } from "@/features/contacts/importing/use-import";
import { duration, formatCount, percent, plural } from "@/lib/format";

interface ImportProgressProps {
  stage: Extract<ImportStage, { at: "running" | "stopped" }>;
  importing: ReturnType<typeof useImport>;
}

/** A bar with rate and time left; imported rows stay when the import is stopped. */
export function ImportProgress({ stage, importing }: ImportProgressProps) {
  const { tally } = stage;
  const now = useNow();
  const share = tally.total > 0 ? tally.done / tally.total : 0;
  const { rate, leftS } = pace(tally, now);
  const stopped = stage.at === "stopped";
  const aborted = stopped && stage.error instanceof DOMException;

  return (
    <Box maxW="44rem" mt={8}>
      <Flex justify="space-between" align="baseline" sx={{ fontVariantNumeric: "tabular-nums" }}>
        <Text fontSize="2xl" fontWeight={650} color="text.strong">
          {formatCount(tally.done)} of {plural(tally.total, "row")}
        </Text>
        <Text color="text.muted">{percent(share)}</Text>
      </Flex>
      <Box
        role="progressbar"
        aria-label="Import"
        aria-valuemin={0}
        aria-valuemax={tally.total}
        aria-valuenow={tally.done}
        mt={3}
        h="10px"
        borderRadius="full"
        bg="line.subtle"
        overflow="hidden"
      >
        <Box
          h="full"
          borderRadius="full"
          w={`${share * 100}%`}
          transition="width 200ms linear"
          bgGradient="linear(to-r, var(--strength-4), var(--strength-8))"
        />
      </Box>
      <Text mt={3} color="text.muted" role="status">
        {stopped
          ? "Stopped. What was imported stays."
          : tally.done > 0
            ? `${formatCount(Math.round(rate))} rows a second, about ${duration(leftS)} left`
            : "Importing"}
        {tally.failed > 0 && `. ${plural(tally.failed, "row")} could not be read so far`}
      </Text>
      {stopped && !aborted && (
        <Box mt={4}>
          <ErrorNote error={stage.error} />
        </Box>
      )}
      <Flex mt={6} gap={2}>
        {stopped ? (
          <>
            <Button variant="accent" onClick={importing.resume}>
              Continue
            </Button>
            <Button onClick={importing.reset}>End here</Button>
          </>
        ) : (
          <Button onClick={importing.stop}>Stop</Button>
        )}
      </Flex>
    </Box>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
