import { Box, Button, Flex, Heading, Input, Text } from "@chakra-ui/react";
import { useState, type SyntheticEvent } from "react";
import { CheckRow } from "@/components/check-row";
import { likeliness, type Candidate, type Contents } from "@/features/sources/reading/read-file";
import { factWords, reasonsOf } from "@/features/sources/words";
import { formatCount, fullDate, plural } from "@/lib/format";

interface AddressQuestionProps {
  contents: Contents;
  fileName: string;
  /** The addresses with which the file was sent before. */
  before: string[] | null;
  onSend: (addresses: string[]) => void;
  onCancel: () => void;
}

/** Which addresses are the user's: a missing one makes the user the best friend of everybody. */
export function AddressQuestion(props: AddressQuestionProps) {
  const { contents, fileName, before, onSend, onCancel } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(before ?? likelyOnes(contents.candidates)),
  );
  const [further, setFurther] = useState("");
  const listed = contents.candidates.map(({ address }) => address);
  const added = [...chosen].filter((address) => !listed.includes(address));
  const toggle = (address: string) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(address)) next.add(address);
      return next;
    });
  const addFurther = (event: SyntheticEvent) => {
    event.preventDefault();
    const address = further.trim().toLowerCase();
    if (!address.includes("@")) return;
    setChosen((now) => new Set([...now, address]));
    setFurther("");
  };
  const reasons = reasonsOf(contents.leftOut);
  return (
    <Box p={5} bg="bg.surface" border="1px solid" borderColor="line.subtle" borderRadius="xl">
      <Heading as="h2" size="md">
        Which addresses are yours?
      </Heading>
      <Text mt={1} color="text.muted">
        {fileName} holds {factWords(contents)}
        {contents.firstAt !== null &&
          contents.lastAt !== null &&
          `, from ${dateOf(contents.firstAt)} to ${dateOf(contents.lastAt)}`}
        . Choose every address that is or was yours; nothing is counted before.
      </Text>
      <Box mt={4} role="group" aria-label="Your addresses">
        {contents.candidates.map((candidate) => (
          <CheckRow
            key={candidate.address}
            checked={chosen.has(candidate.address)}
            onChange={() => toggle(candidate.address)}
          >
            <Box minW={0}>
              <Text color="text.strong" noOfLines={1}>
                {candidate.address}
              </Text>
              <Text fontSize="sm" color="text.muted">
                {evidenceOf(candidate)}
              </Text>
            </Box>
          </CheckRow>
        ))}
        {added.map((address) => (
          <CheckRow key={address} checked onChange={() => toggle(address)}>
            <Text color="text.strong">{address}</Text>
          </CheckRow>
        ))}
      </Box>
      <Flex as="form" mt={3} gap={2} maxW="28rem" onSubmit={addFurther}>
        <Input
          size="sm"
          type="email"
          aria-label="Further address"
          placeholder="me@example.com"
          value={further}
          onChange={(event) => setFurther(event.target.value)}
        />
        <Button size="sm" type="submit" flex="none">
          Add address
        </Button>
      </Flex>
      {reasons.length > 0 && (
        <Text mt={4} fontSize="sm" color="text.muted">
          Left out already:{" "}
          {reasons.map(([reason, times]) => `${formatCount(times)} ${reason}`).join(", ")}.
        </Text>
      )}
      <Flex mt={5} gap={2}>
        <Button
          variant="accent"
          isDisabled={chosen.size === 0}
          onClick={() => onSend([...chosen].sort())}
        >
          {chosen.size === 0
            ? "Choose an address"
            : `Count with ${plural(chosen.size, "address", "addresses")}`}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </Flex>
    </Box>
  );
}

/** The addresses that are ticked at first: that mail was sent from, else the likeliest one. */
export function likelyOnes(candidates: readonly Candidate[]): string[] {
  const senders = candidates.filter(({ sent }) => sent > 0);
  const most = Math.max(0, ...senders.map(({ sent }) => sent));
  const sure = senders.filter(({ sent }) => sent * 20 >= most);
  const [first] = candidates;
  const fallback = first && likeliness(first) > 0 ? [first] : [];
  return (sure.length > 0 ? sure : fallback).map(({ address }) => address);
}

function evidenceOf({ name, sent, delivered, written, meetings }: Candidate): string {
  return [
    ...(name ? [name] : []),
    ...(sent > 0 ? [`${formatCount(sent)} sent`] : []),
    ...(delivered > 0 ? [`${formatCount(delivered)} delivered to it`] : []),
    ...(written > 0 ? [`${formatCount(written)} written here`] : []),
    ...(meetings > 0 ? [plural(meetings, "meeting")] : []),
  ].join(" · ");
}

function dateOf(seconds: number): string {
  return fullDate(new Date(seconds * 1000).toISOString());
}
