import { Box, Button, Flex, Heading, IconButton, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Eye, X } from "lucide-react";
import { listWishesOptions, useDeleteWish } from "@/features/graph/api/wishes";
import { displayName, percent, timeAgo } from "@/lib/format";
import type { Wish } from "@/types/api";

interface WishesProps {
  /** Shows the paths to a contact or into a company. */
  onPerson: (id: string) => void;
  onCompany: (company: string) => void;
}

/** The people and companies to reach one day; first those to whom a path has opened. */
export function Wishes({ onPerson, onCompany }: WishesProps) {
  const { data = [] } = useQuery(listWishesOptions());
  const remove = useDeleteWish();
  if (data.length === 0) return null;
  const opened = (wish: Wish) => (wish.opened_at ? Date.parse(wish.opened_at) : 0);
  const wishes = [...data].sort((a, b) => opened(b) - opened(a));
  return (
    <Box as="section" mt={{ base: 10, md: 14 }} aria-label="Wishes">
      <Heading as="h2" size="sm" mb={3} color="text.muted" textAlign="center" fontWeight={550}>
        You want to reach
      </Heading>
      <Flex
        as="ul"
        direction="column"
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        px={{ base: 3, md: 5 }}
        py={1}
      >
        {wishes.map((wish) => (
          <WishRow
            key={wish.id}
            {...{ wish, onPerson, onCompany }}
            onRemove={() => remove.mutate(wish.id)}
          />
        ))}
      </Flex>
    </Box>
  );
}

interface WishRowProps extends WishesProps {
  wish: Wish;
  onRemove: () => void;
}

function WishRow({ wish, onPerson, onCompany, onRemove }: WishRowProps) {
  const name = wishName(wish);
  const target = wish.path?.contacts.at(-1);
  const connector = wish.path?.contacts[1];
  const byCompany = !wish.contact_id && !wish.name && !wish.email && !wish.linkedin_url;
  const open = () => {
    if (byCompany && wish.company) onCompany(wish.company);
    else if (target) onPerson(target.id);
  };
  return (
    <Flex as="li" listStyleType="none" align="center" gap={3} py={2} minH="48px" wrap="wrap">
      <Box color={wish.path ? "accent.text" : "text.faint"}>
        <Eye size={18} aria-hidden />
      </Box>
      <Box flex="1 1 12rem" minW={0}>
        <Text fontWeight={600} color="text.strong" noOfLines={1}>
          {name}
        </Text>
        <Text fontSize="sm" color="text.muted">
          {wish.path && wish.opened_at
            ? `A path opened ${timeAgo(wish.opened_at)}: ${wish.path.hops > 1 && connector ? `through ${displayName(connector)}, ` : ""}${percent(wish.path.likelihood)} likely`
            : "No path yet. You see it here as soon as an import or a sync opens one."}
        </Text>
      </Box>
      {wish.path && !wish.path.colleague && (
        <Button size="sm" variant="outline" onClick={open}>
          See the path
        </Button>
      )}
      <IconButton
        size="sm"
        variant="ghost"
        aria-label={`Stop watching for ${name}`}
        icon={<X size={16} />}
        onClick={onRemove}
      />
    </Flex>
  );
}

function wishName(wish: Wish): string {
  const who = wish.name ?? wish.email ?? wish.linkedin_url?.replace(/^.*\/in\//, "in/");
  if (!who) return wish.company ? `Somebody at ${wish.company}` : "Somebody";
  return wish.company ? `${who}, ${wish.company}` : who;
}
