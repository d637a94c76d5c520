import { Box, Button, Flex, Input, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Building2, Eye, Search } from "lucide-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { Avatar } from "@/components/avatar";
import { MarkedText } from "@/components/marked-text";
import { useToasts } from "@/components/toast-store";
import { useAddWish } from "@/features/graph/api/wishes";
import { findPeopleOptions, type FindPeople, type FoundPerson } from "@/features/graph/find-people";
import { wishOf } from "@/features/graph/wish-of";
import { explain } from "@/lib/api-error";
import { displayName, plural } from "@/lib/format";
import { useDebounced } from "@/lib/use-debounced";

/** A contact as the search finds it. */
export interface Found {
  id: string;
  name: string;
  company: string | null;
  title: string | null;
}

interface ReachSearchProps {
  find: FindPeople;
  /** The chosen contact or company; the field shows it until the user types. */
  chosen: string;
  /** Called with the first contact of the list, so that the paths to it can be searched ahead. */
  onHover: (id: string | null) => void;
  onPerson: (id: string) => void;
  onCompany: (company: string) => void;
  onClear: () => void;
}

type Choice =
  | { kind: "person"; id: string; name: string; work: string }
  | { kind: "company"; id: string; name: string; people: number };

const TYPING_MS = 80;
const MOST_SHOWN = 7;

/** The one field of the first page. */
export function ReachSearch(props: ReachSearchProps) {
  const { find, chosen, onHover, onPerson, onCompany, onClear } = props;
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const asked = useDebounced(text ?? "", TYPING_MS);
  const { data } = useQuery(findPeopleOptions(find, asked));
  const open = text !== null && text.trim() !== "";
  const choices = open && data ? choicesOf(data, asked) : [];
  const current = choices[Math.min(at, choices.length - 1)];
  const top = current?.kind === "person" ? current.id : null;

  useEffect(() => onHover(top), [onHover, top]);

  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    setText(null);
    if (choice.kind === "person") onPerson(choice.id);
    else onCompany(choice.name);
  };
  const wish = useAddWish();
  const show = useToasts((state) => state.show);
  const addWish = (typed: string) =>
    wish.mutate(wishOf(typed), {
      onSuccess: (added) => {
        setText(null);
        show({
          tone: "done",
          text: added.opened_at
            ? "A path is open already"
            : `You hear once a path to ${typed.trim()} opens`,
        });
      },
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") {
      if (open && data && choices.length === 0) addWish(text);
      else take(current);
    } else if (event.key === "Escape") setText(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Box position="relative">
      <Box position="absolute" left={5} top="19px" color="text.faint" zIndex={1}>
        <Search size={20} aria-hidden />
      </Box>
      <Input
        autoFocus={chosen === ""}
        h="58px"
        pl="52px"
        fontSize="lg"
        borderRadius={open ? "16px 16px 0 0" : "16px"}
        borderColor="line.strong"
        boxShadow="lift"
        role="combobox"
        aria-label="Who do you want to reach?"
        aria-expanded={open}
        aria-controls="reach-choices"
        aria-autocomplete="list"
        aria-activedescendant={current && `reach-${current.id}`}
        placeholder="Mei Tanaka, Globex, head of design"
        value={text ?? chosen}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          if (event.target.value === "") onClear();
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => setText(null)}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
      />
      <Box
        id="reach-choices"
        role="listbox"
        aria-label="Contacts and companies"
        hidden={!open}
        position="absolute"
        zIndex="dropdown"
        top="57px"
        left={0}
        right={0}
        p={2}
        bg="bg.raised"
        border="1px solid"
        borderColor="line.strong"
        borderRadius="0 0 16px 16px"
        boxShadow="float"
      >
        {choices.map((choice) => (
          <ChoiceRow
            key={choice.id}
            choice={choice}
            query={asked}
            chosen={choice === current}
            onTake={() => take(choice)}
            onHover={() => setAt(choices.indexOf(choice))}
          />
        ))}
        {open && data && choices.length === 0 && (
          <Box px={3} py={3}>
            <Text color="text.muted">
              “{text}” is not in your book. Wait for a path, and you see it here once one opens.
            </Text>
            <Button
              mt={2}
              size="sm"
              variant="accent"
              leftIcon={<Eye size={15} />}
              isDisabled={wish.isPending}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => addWish(text)}
            >
              I want to reach {text.trim()}
            </Button>
          </Box>
        )}
      </Box>
    </Box>
  );
}

interface ChoiceRowProps {
  choice: Choice;
  query: string;
  chosen: boolean;
  onTake: () => void;
  onHover: () => void;
}

function ChoiceRow({ choice, query, chosen, onTake, onHover }: ChoiceRowProps) {
  const company = choice.kind === "company";
  return (
    <Flex
      id={`reach-${choice.id}`}
      role="option"
      aria-selected={chosen}
      align="center"
      gap={3}
      h="46px"
      px={3}
      borderRadius="md"
      cursor="pointer"
      bg={chosen ? "bg.hover" : undefined}
      // Pressing must not blur the field first, which would close the list under the pointer.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onHover}
      onClick={onTake}
    >
      {company ? (
        <Flex boxSize="30px" align="center" justify="center" color="text.muted">
          <Building2 size={18} aria-hidden />
        </Flex>
      ) : (
        <Avatar name={choice.name} size={30} />
      )}
      <Text color="text.strong" fontWeight={550} noOfLines={1} flex="0 1 auto">
        <MarkedText text={choice.name} query={query} />
      </Text>
      <Text color="text.muted" fontSize="sm" noOfLines={1} flex={1}>
        {company ? `${plural(choice.people, "contact")} among the first matches` : choice.work}
      </Text>
    </Flex>
  );
}

/**
 * List contacts by rank; a company that several of them share comes first when the query names it.
 */
export function choicesOf(items: readonly FoundPerson[], query: string): Choice[] {
  const others = items.filter((item) => !item.is_self);
  const people: Choice[] = others.slice(0, MOST_SHOWN).map((item) => ({
    kind: "person",
    id: item.id,
    name: displayName(item),
    work: [item.title, item.company].filter(Boolean).join(", "),
  }));
  const meant = query.trim().toLowerCase();
  const members = new Map<string, number>();
  for (const { company } of others) {
    if (company?.toLowerCase().startsWith(meant)) {
      members.set(company, (members.get(company) ?? 0) + 1);
    }
  }
  const companies = [...members]
    .filter(([, count]) => count > 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(([name, count]): Choice => ({ kind: "company", id: `at-${name}`, name, people: count }));
  return [...companies, ...people];
}
