import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { pastImportsOptions } from "@/features/contacts/api/imports";
import { fileSize } from "@/features/contacts/importing/pace";
import { timeAgo } from "@/lib/format";
import type { ImportSummary } from "@/types/api";
import { resultSentence } from "./import-result";

/** The latest imports; one that is not finished goes on when it is opened. */
export function PastImports({ onOpen }: { onOpen: (id: string) => void }) {
  const { data } = useQuery(pastImportsOptions());
  if (!data || data.length === 0) return null;
  return (
    <Box maxW="52rem" mt={10}>
      <Heading as="h2" size="sm" mb={2}>
        Past imports
      </Heading>
      <Box as="ul" listStyleType="none">
        {data.map((each) => (
          <Flex
            as="li"
            key={each.id}
            py={2}
            gap={3}
            align="center"
            borderTop="1px solid"
            borderColor="line.subtle"
          >
            <Box flex="1" minW={0}>
              <Text color="text.strong" noOfLines={1}>
                {each.filename || each.kind}
              </Text>
              <Text fontSize="sm" color="text.muted">
                {timeAgo(each.created_at)} · {fileSize(each.size)} · {stateWords(each)}
              </Text>
            </Box>
            <Button size="sm" onClick={() => onOpen(each.id)}>
              {each.ended_at === null ? "Go on" : "Show"}
            </Button>
          </Flex>
        ))}
      </Box>
    </Box>
  );
}

function stateWords({ status, phase, result, problem }: ImportSummary): string {
  if (result) return resultSentence(result);
  if (problem) return problem.detail;
  if (status === "cancelled") return "stopped";
  if (status === "running") return "being imported";
  return phase === "upload" ? "not sent whole" : "waits for you to look at it";
}
