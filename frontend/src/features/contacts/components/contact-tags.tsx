import { Box, Flex, Input } from "@chakra-ui/react";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { Contact } from "@/types/api";
import { useBulkEdits } from "./use-bulk-edits";

/** A contact's tags, added and removed in place. */
export function ContactTags({ contact }: { contact: Contact }) {
  const [adding, setAdding] = useState(false);
  const { setTag } = useBulkEdits();
  const add = (text: string) => {
    setAdding(false);
    if (text.trim()) void setTag({ ids: [contact.id] }, text.trim(), true);
  };

  return (
    <Flex wrap="wrap" gap={1.5} mt={4} align="center">
      {contact.tags.map((tag) => (
        <Flex key={tag} align="center" bg="bg.chip" borderRadius="full" pl={2.5} pr={1} h="26px">
          <Box as="span" fontSize="sm">
            {tag}
          </Box>
          <Box
            as="button"
            type="button"
            aria-label={`Remove the tag ${tag}`}
            boxSize="24px"
            display="grid"
            placeItems="center"
            borderRadius="full"
            color="text.faint"
            _hover={{ color: "text.strong" }}
            _focusVisible={{ boxShadow: "outline", outline: "none" }}
            onClick={() => void setTag({ ids: [contact.id] }, tag, false)}
          >
            <X size={11} />
          </Box>
        </Flex>
      ))}
      {adding ? (
        <Input
          autoFocus
          size="sm"
          h="26px"
          w="8rem"
          aria-label="New tag"
          data-keeps-keys=""
          onBlur={(event) => add(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") add(event.currentTarget.value);
            else if (event.key === "Escape") setAdding(false);
            else return;
            event.stopPropagation();
          }}
        />
      ) : (
        <Flex
          as="button"
          type="button"
          align="center"
          gap={1}
          h="26px"
          px={2}
          borderRadius="full"
          border="1px dashed"
          borderColor="line.strong"
          fontSize="sm"
          color="text.muted"
          _hover={{ color: "text.strong", borderColor: "line.control" }}
          _focusVisible={{ boxShadow: "outline", outline: "none" }}
          onClick={() => setAdding(true)}
        >
          <Plus size={12} aria-hidden /> Tag
        </Flex>
      )}
    </Flex>
  );
}
