import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { MailSearch } from "lucide-react";
import { FileZone } from "@/components/file-zone";
import { ProgressBar } from "@/components/progress-bar";
import type { Reading, useReading } from "@/features/sources/use-reading";
import { factWords, reasonsOf } from "@/features/sources/words";
import { formatCount, percent } from "@/lib/format";
import { AddressQuestion } from "./address-question";

interface AddSourceProps {
  reading: ReturnType<typeof useReading>;
}

/** From a file to what it says of ties: choose it, say which addresses are yours, send. */
export function AddSource({ reading: { reading, look, send, reset } }: AddSourceProps) {
  switch (reading.stage) {
    case "none":
      return <MailZone onFile={look} />;
    case "looking":
    case "sending":
      return <Progress reading={reading} onStop={reset} />;
    case "asking":
      return (
        <AddressQuestion
          key={reading.file.name}
          contents={reading.contents}
          fileName={reading.file.name}
          before={reading.before?.addresses ?? null}
          onSend={(addresses) => send(reading.file, reading.contents, addresses)}
          onCancel={reset}
        />
      );
    case "done":
      return <Result reading={reading} onAgain={reset} />;
    case "failed": {
      const { file } = reading;
      return (
        <Panel>
          <Text role="alert" color="danger.text">
            {reading.message}
          </Text>
          <Flex mt={4} gap={2}>
            {file && (
              <Button variant="accent" onClick={() => look(file)}>
                Try again
              </Button>
            )}
            <Button onClick={reset}>Choose another file</Button>
          </Flex>
        </Panel>
      );
    }
  }
}

function Panel({ children }: { children: React.ReactNode }) {
  return (
    <Box p={5} bg="bg.surface" border="1px solid" borderColor="line.subtle" borderRadius="xl">
      {children}
    </Box>
  );
}

function MailZone({ onFile }: { onFile: (file: File) => void }) {
  return (
    <FileZone
      icon={<MailSearch size={32} strokeWidth={1.5} aria-hidden />}
      title="Drop a mailbox or a calendar here"
      label="File of mail or calendars"
      accept=".mbox,.mbx,.eml,.ics,.zip,.tgz,.gz,.tar,application/mbox,text/calendar"
      py={{ base: 8, md: 10 }}
      onFile={onFile}
    >
      An mbox, an .ics file, or the archive of Google Takeout (.zip, .tgz), of any size. Outlook’s
      PST, Maildir and chats are read by the terminal program.
    </FileZone>
  );
}

type Moving = Extract<Reading, { stage: "looking" | "sending" }>;

function Progress({ reading, onStop }: { reading: Moving; onStop: () => void }) {
  const { file, read, found, stage, waiting } = reading;
  const share = file.size > 0 ? Math.min(1, read / file.size) : 0;
  return (
    <Panel>
      <Flex justify="space-between" align="baseline" sx={{ fontVariantNumeric: "tabular-nums" }}>
        <Text fontSize="lg" fontWeight={650} color="text.strong" noOfLines={1}>
          {stage === "looking" ? "Looking through" : "Sending"} {file.name}
        </Text>
        <Text color="text.muted">{percent(share)}</Text>
      </Flex>
      <ProgressBar
        label={stage === "looking" ? "Looking through the file" : "Sending"}
        value={Math.round(share * 100)}
        max={100}
      />
      <Text mt={3} color="text.muted" role="status">
        {waiting
          ? "The server does not answer. It goes on by itself from here."
          : `${formatCount(found)} messages and meetings so far`}
      </Text>
      <Button mt={4} onClick={onStop}>
        Stop
      </Button>
    </Panel>
  );
}

type Done = Extract<Reading, { stage: "done" }>;

function Result({ reading, onAgain }: { reading: Done; onAgain: () => void }) {
  const { contents, file, tally } = reading;
  const reasons = reasonsOf(tally.leftOut);
  return (
    <Panel>
      <Text fontSize="lg" fontWeight={650} color="text.strong" role="status">
        {file.name}: {formatCount(tally.counted)} counted of {factWords(contents)}
      </Text>
      {tally.known > 0 && (
        <Text mt={1} color="text.muted">
          {formatCount(tally.known)} were counted before.
        </Text>
      )}
      {tally.failed > 0 && (
        <Text mt={1} color="danger.text">
          {formatCount(tally.failed)} could not be used.
        </Text>
      )}
      {reasons.length > 0 && (
        <Box as="ul" mt={3} pl={5} color="text.muted" aria-label="Left out">
          {reasons.map(([reason, times]) => (
            <li key={reason}>
              {formatCount(times)} {reason}
            </li>
          ))}
        </Box>
      )}
      <Button mt={4} onClick={onAgain}>
        Add another file
      </Button>
    </Panel>
  );
}
