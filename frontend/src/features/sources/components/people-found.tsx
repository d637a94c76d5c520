import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorNote } from "@/components/error-note";
import { Part } from "@/components/part";
import { Strength } from "@/components/strength";
import { useToasts } from "@/components/toast-store";
import {
  decidePeople,
  peopleFoundOptions,
  type PeopleDecision,
} from "@/features/sources/api/people";
import { refreshAfterSources } from "@/features/sources/api/sources";
import type { PersonFound } from "@/types/api";
import { explain } from "@/lib/api-error";
import { plural, timeAgo } from "@/lib/format";

/** People with words both ways who are not contacts yet. */
export function PeopleFoundPart() {
  const client = useQueryClient();
  const query = useInfiniteQuery(peopleFoundOptions);
  const [busy, setBusy] = useState(false);
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const decide = async (decision: PeopleDecision, done: string) => {
    const { show } = useToasts.getState();
    setBusy(true);
    try {
      await decidePeople(decision);
      show({ tone: "done", text: done });
    } catch (error) {
      show({ tone: "problem", text: explain(error) });
    } finally {
      setBusy(false);
      await refreshAfterSources(client);
    }
  };
  if (query.error) {
    return (
      <Box mt={6}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </Box>
    );
  }
  if (people.length === 0) return null;
  return (
    <Part
      title="People found"
      hint="You wrote to each other or met, and they are not contacts yet. Programs and lists are left out."
    >
      <Button
        size="sm"
        variant="accent"
        isDisabled={busy}
        onClick={() =>
          void decide({ add_all: true, min_strength: 0 }, "Everybody is a contact now")
        }
      >
        Add all{total === undefined ? "" : ` ${plural(total, "person", "people")}`}
      </Button>
      <Box
        as="ul"
        listStyleType="none"
        mt={3}
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        overflow="hidden"
        aria-label="People found"
      >
        {people.map((person) => (
          <PersonRow
            key={person.address}
            person={person}
            isBusy={busy}
            onDecide={(decision, done) => void decide(decision, done)}
          />
        ))}
      </Box>
      {query.hasNextPage && (
        <Button
          mt={3}
          size="sm"
          isDisabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </Part>
  );
}

interface PersonRowProps {
  person: PersonFound;
  isBusy: boolean;
  onDecide: (decision: PeopleDecision, done: string) => void;
}

function PersonRow({ person, isBusy, onDecide }: PersonRowProps) {
  const { address, name, addresses, sent, received, meetings, last_at, strength } = person;
  const shown = name ?? address;
  const others = addresses.filter((each) => each !== address);
  const facts = [
    `you wrote ${plural(sent, "time")}, they ${plural(received, "time")}`,
    ...(meetings > 0 ? [plural(meetings, "meeting")] : []),
    `last ${timeAgo(last_at)}`,
  ];
  return (
    <Flex
      as="li"
      px={4}
      py={2.5}
      gap={3}
      align="center"
      wrap={{ base: "wrap", md: "nowrap" }}
      borderBottom="1px solid"
      borderColor="line.subtle"
      _last={{ borderBottom: "none" }}
    >
      <Box flex="1 1 14rem" minW={0}>
        <Text color="text.strong" noOfLines={1}>
          {shown}
        </Text>
        <Text fontSize="sm" color="text.muted" noOfLines={2}>
          {[...(name ? [address] : []), ...others].join(", ")}
          {name || others.length > 0 ? " · " : ""}
          {facts.join(" · ")}
        </Text>
      </Box>
      <Strength strength={strength} />
      <Button
        size="sm"
        isDisabled={isBusy}
        aria-label={`Add ${shown}`}
        onClick={() => onDecide({ add: [address] }, `${shown} is a contact now`)}
      >
        Add
      </Button>
      <Button
        size="sm"
        variant="ghost"
        isDisabled={isBusy}
        aria-label={`Ignore ${shown}`}
        onClick={() => onDecide({ ignore: [address] }, `${shown} is not proposed any more`)}
      >
        Ignore
      </Button>
    </Flex>
  );
}
