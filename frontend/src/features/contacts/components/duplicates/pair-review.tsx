import { Avatar } from "@/components/avatar";
import { ErrorNote } from "@/components/error-note";
import { KeyHint } from "@/components/key-hint";
import { Box, Button, Flex, Grid, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { Fragment, useState, type ReactNode } from "react";
import { previewMergeOptions } from "@/features/contacts/api/merge-contacts";
import {
  comparedFields,
  keptBy,
  mergeRequest,
  type ComparedField,
  type SingleField,
} from "@/features/contacts/merging/compared-fields";
import { reasonWords } from "@/features/contacts/merging/reasons";
import type { useDuplicateReview } from "@/features/contacts/merging/use-duplicate-review";
import { displayName, fullTime, plural, timeAgo } from "@/lib/format";
import { useHotkeys } from "@/lib/use-hotkeys";
import { useUrlState } from "@/lib/use-url-state";
import type { Contact, Duplicate, DuplicateReason } from "@/types/api";

interface PairReviewProps {
  pair: Duplicate;
  review: ReturnType<typeof useDuplicateReview>;
}

type Chosen = Partial<Record<SingleField, string>>;

/** Two contacts side by side, the reasons, and one key for each decision. */
export function PairReview({ pair, review }: PairReviewProps) {
  const { contacts } = pair;
  const [chosen, setChosen] = useState<Chosen>({});
  const { data: preview, error } = useQuery(previewMergeOptions(mergeRequest(contacts, {}).ids));
  const fields = comparedFields(contacts);
  const act = (run: () => unknown) => () => {
    if (!review.isBusy) void run();
  };
  const merge = act(() => review.merge(pair, chosen));
  const keepApart = act(() => review.keepApart(pair));
  const skip = act(() => review.skip(pair));
  const { undoLast } = review;
  useHotkeys({
    y: merge,
    n: keepApart,
    s: skip,
    u: act(() => undoLast?.()),
  });

  return (
    <Box
      as="section"
      aria-label={`${displayName(contacts[0] ?? {})} and ${displayName(contacts[1] ?? {})}`}
      mt={5}
      bg="bg.surface"
      border="1px solid"
      borderColor="line.subtle"
      borderRadius="xl"
    >
      <Reasons reasons={pair.reasons} />
      <Grid
        px={{ base: 3, sm: 5 }}
        pb={4}
        templateColumns={{
          base: "minmax(0, 1fr) minmax(0, 1fr)",
          sm: "96px minmax(0, 1fr) minmax(0, 1fr)",
        }}
        columnGap={{ base: 2, sm: 4 }}
        rowGap={1}
      >
        <Box display={{ base: "none", sm: "block" }} />
        {contacts.map((contact) => (
          <ContactHead key={contact.id} contact={contact} />
        ))}
        {fields.map((field) => (
          <FieldRow
            key={field.key}
            field={field}
            contacts={contacts}
            kept={
              field.choice &&
              (chosen[field.choice] ?? keptBy(field.choice, contacts, preview?.contact))
            }
            onChoose={(choice, id) => setChosen({ ...chosen, [choice]: id })}
          />
        ))}
      </Grid>
      {error && (
        <Box px={{ base: 3, sm: 5 }} pb={4}>
          <ErrorNote error={error} />
        </Box>
      )}
      <Flex
        position="sticky"
        bottom={0}
        px={{ base: 3, sm: 5 }}
        py={3}
        gap={2}
        wrap="wrap"
        align="center"
        bg="bg.surface"
        borderTop="1px solid"
        borderColor="line.subtle"
        borderBottomRadius="xl"
      >
        <Decision keys="Y" variant="accent" onClick={merge} isDisabled={error !== null}>
          Same person
        </Decision>
        <Decision keys="N" onClick={keepApart}>
          Not the same
        </Decision>
        <Decision keys="S" variant="ghost" onClick={skip}>
          Skip
        </Decision>
        {undoLast && (
          <Decision keys="U" variant="ghost" onClick={act(undoLast)}>
            Undo
          </Decision>
        )}
        <Text ml="auto" fontSize="sm" color="text.muted" role="status">
          {review.left !== undefined && `${plural(review.left, "pair")} to decide`}
        </Text>
      </Flex>
    </Box>
  );
}

interface DecisionProps {
  keys: string;
  variant?: string;
  isDisabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Decision({ keys, variant = "outline", isDisabled, onClick, children }: DecisionProps) {
  return (
    <Button
      size="sm"
      variant={variant}
      aria-keyshortcuts={keys}
      isDisabled={isDisabled ?? false}
      onClick={onClick}
    >
      {children}
      <Box as="span" ml={2} display={{ base: "none", md: "inline-flex" }}>
        <KeyHint keys={keys} />
      </Box>
    </Button>
  );
}

/** The reasons for one person, then those against it. */
function Reasons({ reasons }: { reasons: readonly DuplicateReason[] }) {
  const sorted = [...reasons].sort((a, b) => b.points - a.points);
  return (
    <Flex
      as="ul"
      listStyleType="none"
      gap={2}
      wrap="wrap"
      p={{ base: 3, sm: 5 }}
      pb={{ base: 2, sm: 3 }}
    >
      {sorted.map((reason) => {
        const speaksFor = reason.points > 0;
        const Icon = speaksFor ? Check : X;
        return (
          <Flex
            as="li"
            key={reason.code}
            align="center"
            gap={1.5}
            px={2.5}
            py={1}
            minW={0}
            borderRadius="full"
            fontSize="sm"
            fontWeight={550}
            bg={speaksFor ? "bg.sunken" : "danger.subtle"}
            color={speaksFor ? "text.strong" : "danger.text"}
            overflowWrap="anywhere"
          >
            <Box flex="none">
              <Icon size={14} aria-label={speaksFor ? "For one person:" : "Against it:"} />
            </Box>
            {reasonWords(reason)}
          </Flex>
        );
      })}
    </Flex>
  );
}

function ContactHead({ contact }: { contact: Contact }) {
  const [, changeUrl] = useUrlState();
  const name = displayName(contact);
  return (
    <Flex align="center" gap={3} pb={2} minW={0}>
      <Box display={{ base: "none", md: "block" }}>
        <Avatar name={name} size={40} self={contact.is_self} />
      </Box>
      <Box minW={0}>
        <Button
          variant="link"
          px={0}
          h="auto"
          color="text.strong"
          display="block"
          minW={0}
          maxW="full"
          whiteSpace="normal"
          textAlign="left"
          overflowWrap="anywhere"
          onClick={() => changeUrl({ person: contact.id }, { push: true })}
        >
          {name}
        </Button>
        <Text fontSize="sm" color="text.muted" title={fullTime(contact.created_at)}>
          {contact.is_self ? "You" : `Added ${timeAgo(contact.created_at)}`}
          {contact.source && ` from ${contact.source}`}
        </Text>
      </Box>
    </Flex>
  );
}

interface FieldRowProps {
  field: ComparedField;
  contacts: readonly Contact[];
  /** The contact whose value is kept; empty where there is nothing to choose. */
  kept: string | null | undefined;
  onChoose: (field: SingleField, id: string) => void;
}

/** The values of one field; where they differ, one is chosen by a click. */
function FieldRow({ field, contacts, kept, onChoose }: FieldRowProps) {
  const { choice, label, values } = field;
  return (
    <Fragment>
      <Text
        fontSize="sm"
        color="text.muted"
        gridColumn={{ base: "1 / -1", sm: "auto" }}
        pt={{ base: 1.5, sm: 2 }}
        overflowWrap="anywhere"
      >
        {label}
      </Text>
      {contacts.map((contact, at) => {
        const value = values[at] ?? "";
        const look = { px: 2.5, py: 1.5, borderRadius: "md", overflowWrap: "anywhere" } as const;
        if (choice === null || value === "") {
          return (
            <Text key={contact.id} {...look} color={value ? "text.strong" : "text.faint"}>
              {value || "–"}
            </Text>
          );
        }
        const isKept = kept === contact.id;
        return (
          <Flex
            as="button"
            type="button"
            key={contact.id}
            {...look}
            aria-pressed={isKept}
            aria-label={`Keep ${label}: ${value}`}
            align="center"
            gap={2}
            textAlign="left"
            border="1px solid"
            borderColor={isKept ? "accent.line" : "line.subtle"}
            bg={isKept ? "accent.subtle" : undefined}
            color="text.strong"
            _hover={{ borderColor: "accent.line" }}
            _focusVisible={{ boxShadow: "outline", outline: "none" }}
            onClick={() => onChoose(choice, contact.id)}
          >
            <Box as="span" flex={1} minW={0}>
              {value}
            </Box>
            <Box flex="none" visibility={isKept ? "visible" : "hidden"} color="accent.text">
              <Check size={15} aria-hidden />
            </Box>
          </Flex>
        );
      })}
    </Fragment>
  );
}
