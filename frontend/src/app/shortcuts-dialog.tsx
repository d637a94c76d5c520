import { Box, Flex, Heading, SimpleGrid, Text } from "@chakra-ui/react";
import { Dialog } from "@/components/dialog";
import { KeyHint } from "@/components/key-hint";
import { LOWER_PLACES, PLACES } from "./navigation";
import { usePlaceTest } from "./use-places";

const GROUPS: readonly { title: string; keys: readonly [string, string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      ["mod+K", "Find a contact or an action"],
      ["mod+Z", "Undo the last action"],
      ["Esc", "Close the dialog or panel"],
      ["?", "Show this list"],
    ],
  },
  {
    title: "Contacts",
    keys: [
      ["/", "Search"],
      ["j", "Down"],
      ["k", "Up"],
      ["x", "Select"],
      ["e", "Edit; Tab moves to the next cell"],
      ["Enter", "Open"],
      ["#", "Delete"],
    ],
  },
];

const GRAPH = {
  title: "Graph",
  keys: [
    ["f", "Show everything"],
    ["+", "Zoom in"],
    ["-", "Zoom out"],
    ["l", "Select by drawing around contacts"],
  ] as const,
};

/** The list of all keyboard shortcuts. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const offered = usePlaceTest();
  const places = [...PLACES, ...LOWER_PLACES]
    .filter(offered)
    .map(({ key, label }): [string, string] => [`g ${key}`, label]);
  return (
    <Dialog title="Keyboard shortcuts" size="xl" scrolls onClose={onClose}>
      <SimpleGrid columns={{ base: 1, md: 2 }} spacingX={10} spacingY={6}>
        {[...GROUPS, { title: "Go to", keys: places }, GRAPH].map(({ title, keys }) => (
          <Box key={title}>
            <Heading as="h3" size="sm" mb={2}>
              {title}
            </Heading>
            {keys.map(([key, what]) => (
              <Flex key={key} justify="space-between" py={1} gap={4}>
                <Text>{what}</Text>
                <KeyHint keys={key} />
              </Flex>
            ))}
          </Box>
        ))}
      </SimpleGrid>
    </Dialog>
  );
}
