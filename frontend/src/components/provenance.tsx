import { Box } from "@chakra-ui/react";
import { fullDate, percent } from "@/lib/format";
import type { EnrichedField } from "@/types/api";

/** The source of a fact, and how sure the source is. */
export function Provenance({ field }: { field: EnrichedField }) {
  return (
    <Box
      as="span"
      flex="none"
      px={2}
      borderRadius="full"
      bg="info.subtle"
      color="info.text"
      fontSize="xs"
      lineHeight="19px"
      title={`From ${field.provider}, ${percent(field.confidence)} sure, ${fullDate(field.at)}`}
      sx={{ fontVariantNumeric: "tabular-nums" }}
    >
      {field.provider} {field.confidence.toFixed(2)}
    </Box>
  );
}
