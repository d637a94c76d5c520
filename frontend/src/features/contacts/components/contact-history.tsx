import { Box, Flex, Text } from "@chakra-ui/react";
import { PanelSection } from "@/components/panel-section";
import { fullTime, plural, timeAgo } from "@/lib/format";
import { enrichmentOf, type Contact } from "@/types/api";

interface HistoryEvent {
  at: string;
  text: string;
}

/** The history of a contact, newest first. */
export function ContactHistory({ contact }: { contact: Contact }) {
  return (
    <PanelSection title="History">
      <Box as="ol" listStyleType="none">
        {historyOf(contact).map((event) => (
          <Flex as="li" key={`${event.at} ${event.text}`} gap={3} py={1}>
            <Text w="78px" flex="none" fontSize="sm" color="text.muted" title={fullTime(event.at)}>
              {timeAgo(event.at)}
            </Text>
            <Text fontSize="md">{event.text}</Text>
          </Flex>
        ))}
      </Box>
    </PanelSection>
  );
}

/** List a contact's events from what it carries, newest first. */
export function historyOf(contact: Contact): HistoryEvent[] {
  const added = contact.source ? `Added from ${contact.source}` : "Added";
  const events: HistoryEvent[] = [{ at: contact.created_at, text: added }];
  if (Date.parse(contact.updated_at) - Date.parse(contact.created_at) > 1000) {
    events.push({ at: contact.updated_at, text: "Last changed" });
  }
  return [...events, ...lookupsOf(contact)].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** List what providers were asked about a contact. */
export function lookupsOf(contact: Contact): HistoryEvent[] {
  return (enrichmentOf(contact).attempts ?? []).map((attempt) => {
    const cost = attempt.credits > 0 ? `, ${plural(attempt.credits, "credit")}` : "";
    const outcome = attempt.outcome.replaceAll("_", " ");
    return { at: attempt.at, text: `${attempt.provider}: ${outcome}${cost}` };
  });
}
