import { Box, Text } from "@chakra-ui/react";
import { formatCount } from "@/lib/format";
import { Dialog } from "./dialog";
import { useFailures, type Failures } from "./failures-store";

/** The list of the items of an action that were passed over, and why. */
export function FailuresDialog({ failures }: { failures: Failures }) {
  const { title, lines, total } = failures;
  const close = useFailures((state) => state.close);
  return (
    <Dialog title={title} scrolls onClose={close}>
      <Box as="ul" listStyleType="none">
        {lines.map(({ key, what, why }) => (
          <Box
            as="li"
            key={key}
            py={2}
            borderBottom="1px solid"
            borderColor="line.subtle"
            _last={{ borderBottom: "none" }}
          >
            <Text fontWeight={550} color="text.strong">
              {what}
            </Text>
            <Text color="text.muted">{why}</Text>
          </Box>
        ))}
      </Box>
      {total > lines.length && (
        <Text mt={3} color="text.muted">
          and {formatCount(total - lines.length)} more
        </Text>
      )}
    </Dialog>
  );
}
