import { Box, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { PanelSection } from "@/components/panel-section";
import { Skeleton } from "@/components/skeleton";
import { Strength } from "@/components/strength";
import { findPathOptions } from "@/features/graph/api/find-path";
import { pathReason } from "@/features/graph/path-reasons";
import { displayName } from "@/lib/format";

interface PathsSectionProps {
  to: string;
  selfId: string;
  onPerson: (id: string) => void;
}

/** The best paths to a contact, in short: through whom, and how strong. */
export function PathsSection({ to, selfId, onPerson }: PathsSectionProps) {
  const query = useQuery(
    findPathOptions({ target: { to }, order: "likely", maxHops: 4, alternatives: 2 }),
  );
  const paths = query.data ?? [];
  return (
    <PanelSection title="Paths">
      {query.isPending && <Skeleton w="70%" my={2} />}
      {query.data?.length === 0 && <Text color="text.muted">No path within 4 hops yet.</Text>}
      {paths.map((path, at) => {
        const between = path.contacts.slice(1, -1);
        return (
          <Box key={between.map(({ id }) => id).join()} py={1.5}>
            <Box display="flex" justifyContent="space-between" gap={3} alignItems="baseline">
              <Text color="text.strong">
                {between.length === 0 && "You know each other"}
                {between.map((contact, step) => (
                  <span key={contact.id}>
                    {step > 0 && ", then "}
                    <Box
                      as="button"
                      type="button"
                      fontWeight={550}
                      minH="24px"
                      _hover={{ textDecoration: "underline" }}
                      _focusVisible={{ boxShadow: "outline", outline: "none" }}
                      onClick={() => onPerson(contact.id)}
                    >
                      {displayName(contact)}
                    </Box>
                  </span>
                ))}
              </Text>
              <Strength strength={path.likelihood} />
            </Box>
            {at === 0 && between.length > 0 && (
              <Text fontSize="sm" color="text.muted">
                {pathReason(path, selfId)}
              </Text>
            )}
          </Box>
        );
      })}
    </PanelSection>
  );
}
