import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ErrorNote } from "@/components/error-note";
import { PanelSection } from "@/components/panel-section";
import { Segmented } from "@/components/segmented";
import { Skeleton } from "@/components/skeleton";
import { getTimelineOptions } from "@/features/day/api/get-timeline";
import type { TimelineEntry } from "@/features/day/api/day-types";
import { entryWords } from "@/features/day/timeline-words";
import { displayName, fullTime, timeAgo } from "@/lib/format";

interface TimelineSectionProps {
  contactId: string;
  /** The field in which a note is written. */
  composer: ReactNode;
  /** Return the actions of a note. */
  noteActions: (noteId: string) => ReactNode;
  onPerson: (id: string) => void;
}

const KINDS = [
  { value: "", label: "All" },
  { value: "note", label: "Notes" },
  { value: "interactions,source", label: "Talks" },
];

/** The timeline of a contact, the newest first. */
export function TimelineSection(props: TimelineSectionProps) {
  const { contactId, composer, noteActions, onPerson } = props;
  const [kind, setKind] = useState("");
  const query = useInfiniteQuery(getTimelineOptions(contactId, kind));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PanelSection
      title="Timeline"
      aside={
        <Segmented label="Part of the timeline" value={kind} options={KINDS} onChange={setKind} />
      }
    >
      {composer}
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton mt={3} h="20px" />}
      <Box as="ol" listStyleType="none" mt={3}>
        {entries.map((entry) => (
          <Entry
            key={`${entry.at} ${entry.kind} ${entry.note_id ?? entry.interaction ?? entry.source ?? ""}`}
            {...{ entry, noteActions, onPerson }}
          />
        ))}
      </Box>
      {query.data && entries.length === 0 && (
        <Text color="text.muted">Nothing yet. Write down what was said.</Text>
      )}
      {query.hasNextPage && (
        <Button
          size="sm"
          variant="ghost"
          mt={1}
          isDisabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Earlier
        </Button>
      )}
    </PanelSection>
  );
}

interface EntryProps {
  entry: TimelineEntry;
  noteActions: (noteId: string) => ReactNode;
  onPerson: (id: string) => void;
}

function Entry({ entry, noteActions, onPerson }: EntryProps) {
  const { contact } = entry;
  const from = contact as { id: string; name: string } | null | undefined;
  return (
    <Flex as="li" gap={3} py={1.5}>
      <Text w="78px" flex="none" fontSize="sm" color="text.muted" title={fullTime(entry.at)}>
        {timeAgo(entry.at)}
      </Text>
      <Box minW={0} flex={1}>
        <Text whiteSpace="pre-wrap" overflowWrap="anywhere">
          {entryWords(entry)}
        </Text>
        {from && (
          <Button size="xs" variant="ghost" onClick={() => onPerson(from.id)}>
            Noted at {displayName(from)}
          </Button>
        )}
      </Box>
      {entry.kind === "note" && !from && entry.note_id && noteActions(entry.note_id)}
    </Flex>
  );
}
