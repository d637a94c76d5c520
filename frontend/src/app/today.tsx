import { Box, Button, Flex, Heading, Link, SimpleGrid, Text } from "@chakra-ui/react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link as RouterLink } from "react-router-dom";
import { DueList } from "@/features/day/components/due-list";
import { UpcomingList } from "@/features/day/components/upcoming-list";
import { listIntroductionsOptions } from "@/features/graph/api/list-introductions";
import { peopleFoundOptions } from "@/features/sources/api/people";
import { useCan } from "@/lib/capabilities";
import { displayName, timeAgo } from "@/lib/format";

interface TodayProps {
  onPerson: (id: string) => void;
}

const MOST_WAITING = 4;
const MOST_FOUND = 3;

/** The day: people to talk to, dates that come, answers that are waited for, people found. */
export function Today({ onPerson }: TodayProps) {
  const canWait = useCan("GET /graph/introductions");
  const canFind = useCan("GET /sources/people");
  return (
    <Box mt={{ base: 8, md: 12 }}>
      <Part title="Talk to today">
        <DueList
          onPerson={onPerson}
          empty={
            <Text color="text.muted">
              Nobody is due. Open a contact and choose under “Keep in touch” how often you want to
              talk; days are counted from your last mail, call or meeting.
            </Text>
          }
        />
      </Part>
      <SimpleGrid columns={{ base: 1, md: 2 }} spacingX={10}>
        <Part title="Coming up">
          <UpcomingList onPerson={onPerson} />
        </Part>
        <Box>
          {canWait && <Waiting />}
          {canFind && <Found />}
        </Box>
      </SimpleGrid>
    </Box>
  );
}

/** The introductions that wait for somebody's answer; absent when there are none. */
function Waiting() {
  const { data } = useQuery(listIntroductionsOptions);
  const waiting = (data ?? []).filter(({ waiting_for: name }) => Boolean(name));
  if (waiting.length === 0) return null;
  return (
    <Part title="Answers waited for">
      {waiting.slice(0, MOST_WAITING).map((introduction) => (
        <Flex key={introduction.id} gap={3} py={1.5} justify="space-between">
          <Link as={RouterLink} to={`/introductions?introduction=${introduction.id}`} minW={0}>
            {introduction.waiting_for} about {displayName(introduction.target)}
          </Link>
          <Text color="text.muted" fontSize="sm" flex="none">
            {timeAgo(introduction.updated_at)}
          </Text>
        </Flex>
      ))}
    </Part>
  );
}

/** The people whom sources have found and who are not contacts yet; absent when there are none. */
function Found() {
  const { data } = useInfiniteQuery(peopleFoundOptions);
  const people = data?.pages[0]?.items ?? [];
  if (people.length === 0) return null;
  const names = people.slice(0, MOST_FOUND).map(({ name, address }) => name ?? address);
  return (
    <Part title="People found">
      <Text color="text.muted">
        {names.join(", ")}
        {people.length > names.length && " and others"} write with you and are not contacts yet.
      </Text>
      <Button as={RouterLink} to="/sources" size="sm" mt={2}>
        Look at them
      </Button>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box as="section" mb={9} aria-label={title}>
      <Heading as="h2" size="sm" mb={3}>
        {title}
      </Heading>
      {children}
    </Box>
  );
}
