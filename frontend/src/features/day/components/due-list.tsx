import { Box, Button, Flex, Link, Text } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { AlarmClock, Check, SkipForward } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { Avatar } from "@/components/avatar";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { useUndo } from "@/components/use-undo";
import { listDueOptions, settleDue, type DueAction } from "@/features/day/api/list-due";
import type { Due } from "@/features/day/api/day-types";
import { explain } from "@/lib/api-error";
import { displayName } from "@/lib/format";

interface DueListProps {
  onPerson: (id: string) => void;
  /** The content while nobody is due. */
  empty: ReactNode;
}

/** The keys of a row that has the focus. */
const KEYS: Record<string, DueAction | undefined> = { t: "done", z: "snooze", x: "skip" };

const DONE_WORDS: Record<DueAction, (name: string) => string> = {
  done: (name) => `A talk with ${name} is logged`,
  snooze: (name) => `${name} is left in peace for a week`,
  skip: (name) => `${name} is skipped this time`,
};

/** The people to talk to today, each with the reason; arrows move, and one key settles a row. */
export function DueList({ onPerson, empty }: DueListProps) {
  const query = useQuery(listDueOptions);
  const list = useRef<HTMLOListElement>(null);
  const { settle, busy } = useSettle();

  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton h="64px" borderRadius="xl" />;
  const { items, next_cursor: more } = query.data;
  if (items.length === 0) return empty;

  const onKeyDown = (event: KeyboardEvent, due: Due, at: number) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target !== event.currentTarget) {
      return;
    }
    const rows = list.current?.children;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    const action = KEYS[event.key];
    if (next !== undefined) (rows?.[next] as HTMLElement | undefined)?.focus();
    else if (event.key === "Enter") onPerson(due.contact.id);
    else if (action) {
      const neighbour = rows?.[at + 1] ?? rows?.[at - 1];
      (neighbour as HTMLElement | undefined)?.focus();
      void settle(due, action);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <Box
        as="ol"
        ref={list}
        listStyleType="none"
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        overflow="hidden"
      >
        {items.map((due, at) => (
          <DueRow
            key={due.contact.id}
            due={due}
            isBusy={busy.has(due.contact.id)}
            onKeyDown={(event) => onKeyDown(event, due, at)}
            onPerson={() => onPerson(due.contact.id)}
            onSettle={(action) => void settle(due, action)}
          />
        ))}
      </Box>
      {more && (
        <Text mt={2} fontSize="sm" color="text.muted">
          More people follow when these are settled.
        </Text>
      )}
    </>
  );
}

/** Settle people who are due, with an undo. */
function useSettle() {
  const client = useQueryClient();
  const undo = useUndo();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const settle = async ({ contact }: Due, action: DueAction): Promise<void> => {
    const { show } = useToasts.getState();
    const name = displayName(contact);
    setBusy((ids) => new Set(ids).add(contact.id));
    try {
      const operation = await settleDue(contact.id, action);
      show({
        tone: "done",
        text: DONE_WORDS[action](name),
        ...(operation ? { action: { label: "Undo", run: () => void undo(operation) } } : {}),
      });
    } catch (error) {
      show({ tone: "problem", text: `Nothing is changed for ${name}. ${explain(error)}` });
    } finally {
      await client.invalidateQueries({ queryKey: ["day"] });
      setBusy((ids) => new Set([...ids].filter((id) => id !== contact.id)));
    }
  };
  return { settle, busy };
}

interface DueRowProps {
  due: Due;
  isBusy: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onPerson: () => void;
  onSettle: (action: DueAction) => void;
}

function DueRow({ due, isBusy, onKeyDown, onPerson, onSettle }: DueRowProps) {
  const name = displayName(due.contact);
  return (
    <Flex
      as="li"
      tabIndex={0}
      aria-keyshortcuts="t z x Enter"
      aria-busy={isBusy}
      opacity={isBusy ? 0.5 : 1}
      onKeyDown={onKeyDown}
      px={4}
      py={3}
      gap={3}
      align="center"
      wrap={{ base: "wrap", md: "nowrap" }}
      borderBottom="1px solid"
      borderColor="line.subtle"
      _last={{ borderBottom: "none" }}
      _focusVisible={{ boxShadow: "inset 0 0 0 2px var(--chakra-colors-focus)", outline: "none" }}
    >
      <Avatar name={name} size={38} />
      <Box minW={0} flex="1 1 12rem">
        <Link as="button" type="button" fontWeight={600} color="text.strong" onClick={onPerson}>
          {name}
        </Link>
        <Text fontSize="sm" color="text.muted">
          {due.why}
        </Text>
        <Reach due={due} />
      </Box>
      <Flex gap={1.5} flex="none">
        <Settle
          action="done"
          label="Talked"
          icon={<Check size={14} />}
          {...{ name, isBusy, onSettle }}
        />
        <Settle
          action="snooze"
          label="Snooze"
          icon={<AlarmClock size={14} />}
          {...{ name, isBusy, onSettle }}
        />
        <Settle
          action="skip"
          label="Skip"
          icon={<SkipForward size={14} />}
          {...{ name, isBusy, onSettle }}
        />
      </Flex>
    </Flex>
  );
}

interface SettleProps {
  action: DueAction;
  label: string;
  icon: ReactElement;
  name: string;
  isBusy: boolean;
  onSettle: (action: DueAction) => void;
}

function Settle({ action, label, icon, name, isBusy, onSettle }: SettleProps) {
  return (
    <Button
      size="sm"
      variant={action === "done" ? "accent" : "ghost"}
      leftIcon={icon}
      aria-label={`${label}: ${name}`}
      isDisabled={isBusy}
      onClick={() => onSettle(action)}
    >
      {label}
    </Button>
  );
}

/** The addresses and numbers by which somebody is reached. */
function Reach({ due }: { due: Due }) {
  if (due.reach.length === 0) return null;
  const hrefs = {
    email: (value: string) => `mailto:${value}`,
    phone: (value: string) => `tel:${value.replaceAll(/[^+\d]/g, "")}`,
    linkedin: (value: string) => value,
  };
  return (
    <Flex gap={3} mt={0.5} wrap="wrap" fontSize="sm">
      {due.reach.map(({ kind, value }) => (
        <Link
          key={kind}
          href={hrefs[kind](value)}
          color="accent.text"
          wordBreak="break-word"
          {...(kind === "linkedin" ? { target: "_blank", rel: "noreferrer" } : {})}
        >
          {kind === "linkedin" ? "LinkedIn" : value}
        </Link>
      ))}
    </Flex>
  );
}
