import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { explainTieOptions } from "@/features/graph/api/explain-tie";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { displayName, firstName, fullDate, percent, plural } from "@/lib/format";
import type { Path, PathTie } from "@/types/api";

const KINDS = {
  stated: "Stated",
  seen: "Seen in your mail, chats or calendar",
  guessed: "A guess",
} as const;

interface PathWhyProps {
  path: Path;
  selfId: string;
}

/** The numbers that a path's likelihood follows from, each down to its evidence. */
export function PathWhy({ path, selfId }: PathWhyProps) {
  const names = path.contacts.map((each) => (each.id === selfId ? "You" : displayName(each)));
  const answers = path.strength > 0 ? path.likelihood / path.strength : 0;
  return (
    <Box mt={3} pt={3} borderTop="1px solid" borderColor="line.subtle" fontSize="sm">
      <Flex as="ol" direction="column" gap={2.5}>
        {path.ties.map((tie, at) => (
          <TieWhy
            key={path.contacts[at]?.id}
            tie={tie}
            from={names[at] ?? ""}
            to={names[at + 1] ?? ""}
            // The evidence of a colleague's ties is the colleague's.
            ends={
              path.colleague ? null : [path.contacts[at]?.id ?? "", path.contacts[at + 1]?.id ?? ""]
            }
          />
        ))}
      </Flex>
      <Text mt={3} color="text.muted">
        All ties hold: {percent(path.strength)}. {plural(path.hops, "person", "people")} then{" "}
        {path.hops === 1 ? "has" : "have"} to say yes: {percent(answers)}, by how people who were
        asked here have answered. Together {percent(path.likelihood)}.
      </Text>
    </Box>
  );
}

interface TieWhyProps {
  tie: PathTie;
  from: string;
  to: string;
  ends: [string, string] | null;
}

function TieWhy({ tie, from, to, ends }: TieWhyProps) {
  const [open, setOpen] = useState(false);
  return (
    <Box as="li" listStyleType="none">
      <Flex gap={2} wrap="wrap" align="baseline">
        <Text color="text.strong" fontWeight={550}>
          {firstName(from)} – {firstName(to)}
        </Text>
        <Text color="text.muted">
          {percent(tie.strength)} alive
          {tie.kind ? `; ${KINDS[tie.kind].toLowerCase()}` : ""}
          {tie.evidence ? `: ${evidenceInWords(tie.evidence)}` : ""}
        </Text>
        {ends && (
          <Button size="xs" variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Hide the evidence" : "Evidence"}
          </Button>
        )}
      </Flex>
      {open && ends && <TieEvidence from={ends[0]} to={ends[1]} />}
    </Box>
  );
}

/** The whole explanation of a tie: the sentence, and the counts of each source. */
function TieEvidence({ from, to }: { from: string; to: string }) {
  const { data, error } = useQuery(explainTieOptions(from, to));
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Skeleton w="60%" mt={2} />;
  return (
    <Box mt={1} pl={3} borderLeft="2px solid" borderColor="line.strong" color="text.muted">
      <Text>{data.sentence}</Text>
      {Object.entries(data.evidence?.by_source ?? {}).map(([id, source]) => (
        <Text key={id}>
          {source.name}: {evidenceInWords(source)}
        </Text>
      ))}
    </Box>
  );
}

function evidenceInWords(counts: NonNullable<PathTie["evidence"]>): string {
  const parts = [
    counts.sent + counts.received > 0 &&
      `${plural(counts.sent + counts.received, "message")} (${counts.sent} there, ${counts.received} back)`,
    counts.together > 0 && `${plural(counts.together, "message")} to both`,
    counts.meetings > 0 && plural(counts.meetings, "meeting"),
    counts.calls > 0 && plural(counts.calls, "call"),
    `${fullDate(counts.first_at)} to ${fullDate(counts.last_at)}`,
  ];
  return parts.filter(Boolean).join(", ");
}
