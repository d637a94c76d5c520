import { Flex, Link, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Link as RouterLink } from "react-router-dom";
import { PanelSection } from "@/components/panel-section";
import { listIntroductionsOptions } from "@/features/graph/api/list-introductions";
import { statusWords } from "@/features/graph/introduction-states";
import { displayName, timeAgo } from "@/lib/format";

/** The introductions that a contact takes part in; absent when there are none. */
export function IntroductionsSection({ contactId }: { contactId: string }) {
  const { data } = useQuery(listIntroductionsOptions);
  const theirs = (data ?? []).filter(
    ({ target, path }) =>
      target.id === contactId || path?.some(({ id }) => id === contactId) === true,
  );
  if (theirs.length === 0) return null;
  return (
    <PanelSection title="Introductions">
      {theirs.map((introduction) => (
        <Flex key={introduction.id} justify="space-between" gap={3} py={1}>
          <Link as={RouterLink} to={`/introductions?introduction=${introduction.id}`}>
            {introduction.target.id === contactId
              ? `through ${displayName(introduction.connector ?? {})}`
              : `to ${displayName(introduction.target)}`}
          </Link>
          <Text color="text.muted" fontSize="sm">
            {statusWords(introduction.status)} {timeAgo(introduction.updated_at)}
          </Text>
        </Flex>
      ))}
    </PanelSection>
  );
}
