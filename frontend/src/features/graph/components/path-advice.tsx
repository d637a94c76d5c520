import { Box, Flex, Text } from "@chakra-ui/react";
import { Clock, PenLine, Send } from "lucide-react";
import type { Path } from "@/types/api";

const STEPS = {
  ask: { icon: Send, words: "Ask now" },
  warm_up: { icon: PenLine, words: "Write first" },
  wait: { icon: Clock, words: "Better wait" },
} as const;

/** The step to take about a path, with its reason, the means and the time. */
export function PathAdvice({ advice }: { advice: Path["advice"] }) {
  const { icon: Icon, words } = STEPS[advice.do];
  const more = [advice.how, advice.when].filter(Boolean).join(", ");
  return (
    <Flex gap={2} align="flex-start" fontSize="sm">
      <Box color={advice.do === "ask" ? "accent.text" : "text.muted"} pt="2px">
        <Icon size={15} aria-hidden />
      </Box>
      <Text color="text.muted">
        <Text as="span" fontWeight={600} color="text.strong">
          {words}
        </Text>
        : {advice.why}
        {more ? `; ${more}` : ""}.
      </Text>
    </Flex>
  );
}
