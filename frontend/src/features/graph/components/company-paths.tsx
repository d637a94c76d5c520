import { Box, Flex, Text } from "@chakra-ui/react";
import { useQueries, useQuery } from "@tanstack/react-query";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { findPathOptions, type PathMode } from "@/features/graph/api/find-path";
import { plural } from "@/lib/format";
import type { Path } from "@/types/api";
import { PathRow } from "./path-row";
import type { Found } from "./reach-search";

interface CompanyPathsProps {
  company: string;
  mode: PathMode;
  maxHops: number;
  selfId: string;
  atCompany: (company: string) => Promise<Found[]>;
  onPerson: (id: string) => void;
  onAsk: ((path: Path) => void) | undefined;
}

/** The warmest ways into a company: the best way to each of its people, best first. */
export function CompanyPaths(props: CompanyPathsProps) {
  const { company, mode, maxHops, selfId, atCompany, onPerson, onAsk } = props;
  const people = useQuery({
    queryKey: ["reach", "company", company],
    queryFn: () => atCompany(company),
  });
  const ways = useQueries({
    queries: (people.data ?? []).map(({ id }) =>
      findPathOptions({ to: id, mode, maxHops, alternatives: 0 }),
    ),
  });
  const error = people.error ?? ways.find((way) => way.error)?.error;
  if (error) return <ErrorNote error={error} onRetry={() => void people.refetch()} />;
  if (people.isPending || ways.some((way) => way.isPending)) {
    return <Skeleton h="150px" borderRadius="xl" />;
  }
  const paths = ways
    .flatMap((way) => way.data?.slice(0, 1) ?? [])
    .sort((a, b) =>
      mode === "shortest" && a.hops !== b.hops ? a.hops - b.hops : b.strength - a.strength,
    );
  const asked = plural(people.data?.length ?? 0, "person", "people");
  return (
    <Box>
      <Text mb={3} color="text.muted">
        {paths.length > 0
          ? `The best way to each of ${asked} at ${company}`
          : `No way yet to any of ${asked} at ${company}. Longer ways, or more imports, may open one.`}
      </Text>
      <Flex as="ol" direction="column" gap={3}>
        {paths.map((path, at) => (
          <PathRow
            key={path.contacts.at(-1)?.id}
            best={at === 0}
            {...{ path, selfId, onPerson, onAsk }}
          />
        ))}
      </Flex>
    </Box>
  );
}
