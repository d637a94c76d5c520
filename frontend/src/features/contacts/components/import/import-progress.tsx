import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useEffect, useState } from "react";
import { ErrorNote } from "@/components/error-note";
import { ProgressBar } from "@/components/progress-bar";
import { fileSize, pace } from "@/features/contacts/importing/pace";
import type { Sending, useImport } from "@/features/contacts/importing/use-import";
import { duration, formatCount, percent, plural } from "@/lib/format";
import type { Import } from "@/types/api";

interface ImportProgressProps {
  current: Import | undefined;
  sending: Sending | null;
  importing: ReturnType<typeof useImport>;
}

/** A bar with rate and time left, from the first byte sent to the last row merged. */
export function ImportProgress({ current, sending, importing }: ImportProgressProps) {
  const shown = shownOf(current, sending);
  const elapsedMs = useElapsed(shown.phase);
  const share = shown.total > 0 ? shown.done / shown.total : 0;
  const { rate, leftS } = pace(shown, elapsedMs);
  const inBytes = shown.phase === "upload" || shown.phase === "read";
  const amount = (value: number) => (inBytes ? fileSize(value) : formatCount(value));
  const whole = inBytes ? fileSize(shown.total) : plural(shown.total, "row");
  const speed = inBytes ? fileSize(Math.round(rate)) : `${formatCount(Math.round(rate))} rows`;

  return (
    <Box maxW="44rem" mt={8}>
      <Flex justify="space-between" align="baseline" sx={{ fontVariantNumeric: "tabular-nums" }}>
        <Text fontSize="2xl" fontWeight={650} color="text.strong">
          {PHASES[shown.phase] ?? "Working"} {amount(shown.done)} of {whole}
        </Text>
        <Text color="text.muted">{percent(share)}</Text>
      </Flex>
      <ProgressBar
        label={shown.phase === "upload" ? "Upload" : "Import"}
        value={shown.done}
        max={shown.total}
      />
      <Text mt={3} color="text.muted" role="status">
        {sending?.waiting
          ? "The line is down. The upload goes on by itself from here."
          : shown.done > 0
            ? `${speed} a second, about ${duration(leftS)} left`
            : shown.name}
        {shown.phase !== "upload" && ". You may close this page; the import goes on"}
      </Text>
      {importing.error !== undefined && (
        <Box mt={4}>
          <ErrorNote error={importing.error} />
        </Box>
      )}
      <Flex mt={6} gap={2}>
        <Button onClick={importing.stop}>Stop</Button>
      </Flex>
    </Box>
  );
}

const PHASES: Readonly<Record<string, string>> = {
  upload: "Sent",
  read: "Read",
  connect: "Read",
  count: "Compared",
  merge: "Imported",
};

interface Shown {
  phase: string;
  name: string;
  done: number;
  total: number;
}

function shownOf(current: Import | undefined, sending: Sending | null): Shown {
  if (sending)
    return { phase: "upload", name: sending.name, done: sending.sent, total: sending.total };
  const { phase = "read", filename = "", progress } = current ?? {};
  return { phase, name: filename, done: progress?.done ?? 0, total: progress?.total ?? 0 };
}

/** How long the present phase has been shown. */
function useElapsed(phase: string): number {
  const [times, setTimes] = useState(() => ({ phase, since: Date.now(), now: Date.now() }));
  useEffect(() => {
    const timer = setInterval(() => {
      setTimes((before) => {
        const now = Date.now();
        return before.phase === phase ? { ...before, now } : { phase, since: now, now };
      });
    }, 500);
    return () => clearInterval(timer);
  }, [phase]);
  return times.phase === phase ? times.now - times.since : 0;
}
