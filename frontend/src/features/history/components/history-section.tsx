import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ErrorNote } from "@/components/error-note";
import { PanelSection } from "@/components/panel-section";
import { getContactHistoryOptions } from "@/features/history/api/get-contact-history";
import { operationTitle, shownValue } from "@/features/history/words";
import { fullTime, timeAgo } from "@/lib/format";
import type { ContactVersion } from "@/types/api";

export interface HistoryEvent {
  at: string;
  text: string;
}

interface HistorySectionProps {
  contactId: string;
  /** The time of the contact's last change, after which the history is read again. */
  changedAt: string;
  /** Events that are not changes, such as lookups that found nothing. */
  events: readonly HistoryEvent[];
  labelOf: (field: string) => string;
  onSetBack: (field: string, value: unknown) => void;
}

/** The history of a contact, newest first: each change with its fields, which can be set back. */
export function HistorySection(props: HistorySectionProps) {
  const { contactId, changedAt, events, labelOf, onSetBack } = props;
  const query = useInfiniteQuery(getContactHistoryOptions(contactId, changedAt));
  const versions = query.data?.pages.flatMap((page) => page.items) ?? [];
  const lines = [
    ...versions.map((version) => ({ at: version.at, version, text: "" })),
    ...events.map((event) => ({ ...event, version: undefined })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <PanelSection title="History">
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <Box as="ol" listStyleType="none">
        {lines.map(({ at, version, text }) => (
          <Flex as="li" key={version ? version.id : `${at} ${text}`} gap={3} py={1}>
            <Text w="78px" flex="none" fontSize="sm" color="text.muted" title={fullTime(at)}>
              {timeAgo(at)}
            </Text>
            {version ? (
              <Version version={version} labelOf={labelOf} onSetBack={onSetBack} />
            ) : (
              <Text fontSize="md">{text}</Text>
            )}
          </Flex>
        ))}
      </Box>
      {query.hasNextPage && (
        <Button size="sm" variant="ghost" onClick={() => void query.fetchNextPage()}>
          Earlier changes
        </Button>
      )}
    </PanelSection>
  );
}

type VersionProps = Pick<HistorySectionProps, "labelOf" | "onSetBack"> & {
  version: ContactVersion;
};

function Version({ version, labelOf, onSetBack }: VersionProps) {
  return (
    <Box minW={0}>
      <Text fontSize="md">{operationTitle(version)}</Text>
      {version.fields.map(({ field, before, after }) => (
        <Text key={field} fontSize="sm" color="text.muted" wordBreak="break-word">
          {labelOf(field)}: {shownValue(before)} → {shownValue(after)}{" "}
          <Button
            size="xs"
            variant="link"
            aria-label={`Set ${labelOf(field)} back to ${shownValue(before)}`}
            onClick={() => onSetBack(field, before)}
          >
            Set back
          </Button>
        </Text>
      ))}
    </Box>
  );
}
