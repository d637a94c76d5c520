import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";

interface Page<Item> {
  items: readonly Item[];
}

interface ListPageProps<Item> {
  title: string;
  /** The actions beside the title. */
  actions?: ReactNode;
  /** One or two sentences about the list, or figures. */
  intro?: ReactNode;
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  /** Return the row of an item, with its key. */
  row: (item: Item) => ReactNode;
  /** The text of a list without items. */
  empty: string;
  /** The label of the button that loads the next page. */
  more: string;
}

/** A view that is one long list, page by page. */
export function ListPage<Item>(props: ListPageProps<Item>) {
  const { title, actions, intro, query, row, empty, more } = props;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="52rem">
      <Flex align="center" justify="space-between" gap={3}>
        <Heading as="h1" size="lg">
          {title}
        </Heading>
        <Flex gap={2}>{actions}</Flex>
      </Flex>
      {typeof intro === "string" ? (
        <Text mt={2} color="text.muted">
          {intro}
        </Text>
      ) : (
        intro
      )}
      {query.error && (
        <Box mt={4}>
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        </Box>
      )}
      <Box
        as="ol"
        listStyleType="none"
        mt={5}
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        overflow="hidden"
      >
        {query.isPending && <Skeleton as="li" m={4} h="60px" />}
        {items.map(row)}
        {query.data && items.length === 0 && (
          <Text as="li" p={5} color="text.muted">
            {empty}
          </Text>
        )}
      </Box>
      {query.hasNextPage && (
        <Button
          mt={4}
          isDisabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {more}
        </Button>
      )}
    </Box>
  );
}

/** A row of a list page: its text grows, what follows stays at the right. */
export function ListRow({ children }: { children: ReactNode }) {
  return (
    <Flex
      as="li"
      px={4}
      py={2.5}
      columnGap={3}
      rowGap={1}
      align="center"
      borderBottom="1px solid"
      borderColor="line.subtle"
      _last={{ borderBottom: "none" }}
      sx={{ fontVariantNumeric: "tabular-nums" }}
    >
      {children}
    </Flex>
  );
}
