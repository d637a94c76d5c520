import { Box, Flex, Link, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Bell, Cake, CalendarHeart } from "lucide-react";
import { listUpcomingOptions } from "@/features/day/api/list-upcoming";
import type { Upcoming } from "@/features/day/api/day-types";
import { displayName, plural, shortDate } from "@/lib/format";

interface UpcomingListProps {
  onPerson: (id: string) => void;
}

const ICONS = { birthday: Cake, anniversary: CalendarHeart, reminder: Bell, other: CalendarHeart };

/** Birthdays and other dates of the next weeks; absent when there are none. */
export function UpcomingList({ onPerson }: UpcomingListProps) {
  const { data } = useQuery(listUpcomingOptions);
  if (!data || data.length === 0) {
    return (
      <Text color="text.muted">
        No dates in the next weeks. Birthdays of your contacts, and dates that you add to them,
        stand here.
      </Text>
    );
  }
  return (
    <Box as="ol" listStyleType="none">
      {data.map((item) => {
        const Icon = ICONS[item.kind];
        return (
          <Flex as="li" key={`${item.id} ${item.contact.id}`} gap={3} py={1.5} align="center">
            <Box color="text.muted" flex="none">
              <Icon size={17} aria-hidden />
            </Box>
            <Text minW={0} flex={1}>
              <Link
                as="button"
                type="button"
                color="text.strong"
                fontWeight={550}
                onClick={() => onPerson(item.contact.id)}
              >
                {displayName(item.contact)}
              </Link>{" "}
              <Text as="span" color="text.muted">
                {wordsOf(item)}
              </Text>
            </Text>
            <Text flex="none" color="text.muted" fontSize="sm">
              {dayOf(item)}
            </Text>
          </Flex>
        );
      })}
    </Box>
  );
}

/** Return what is on the day: "turns 46", "Wedding, 5 years". */
export function wordsOf({
  kind,
  label,
  years,
}: Pick<Upcoming, "kind" | "label" | "years">): string {
  if (kind === "birthday") return years ? `turns ${years}` : "has a birthday";
  const what = label || (kind === "anniversary" ? "Anniversary" : "Reminder");
  return years ? `${what}, ${plural(years, "year")}` : what;
}

function dayOf({ in_days: days, on }: Upcoming): string {
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : shortDate(`${on}T12:00:00`);
}
