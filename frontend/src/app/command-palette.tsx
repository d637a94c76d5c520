import {
  Box,
  Flex,
  Input,
  Modal,
  ModalContent,
  ModalOverlay,
  Text,
  useColorMode,
} from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import {
  FlaskConical,
  Keyboard,
  LogOut,
  Mail,
  Moon,
  Plus,
  Upload,
  Waypoints,
  type LucideIcon,
} from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router-dom";
import { Avatar } from "@/components/avatar";
import { KeyHint } from "@/components/key-hint";
import { MarkedText } from "@/components/marked-text";
import { searchContactsOptions } from "@/features/contacts/api/search-contacts";
import { useCan } from "@/lib/capabilities";
import { displayName } from "@/lib/format";
import { useMailbox } from "@/lib/mailbox";
import { useSession } from "@/lib/session";
import { useDebounced } from "@/lib/use-debounced";
import { LOWER_PLACES, PLACES } from "./navigation";
import { usePlaceTest } from "./use-places";

const MOST_PEOPLE = 7;
const TYPING_MS = 80;

interface Choice {
  id: string;
  label: string;
  hint?: string | undefined;
  icon: LucideIcon | "face";
  keys?: string | undefined;
  run: () => void;
}

interface CommandPaletteProps {
  onClose: () => void;
  onShortcuts: () => void;
}

/** One field that finds contacts, views and actions. `>` narrows to actions, `@` to contacts. */
export function CommandPalette({ onClose, onShortcuts }: CommandPaletteProps) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const needle = text.replace(/^[>@]\s*/, "");
  const people = usePeople(text.startsWith(">") ? "" : needle);
  const commands = useCommands(onShortcuts);
  const fitting = text.startsWith("@")
    ? []
    : commands.filter(({ label }) => label.toLowerCase().includes(needle.toLowerCase()));
  // An empty field offers actions; a query lists contacts first.
  const choices = [...people, ...fitting];
  const current = Math.min(at, choices.length - 1);

  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, current + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, current - 1));
    else if (event.key === "Enter") take(choices[current]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal isOpen onClose={onClose} size="lg">
      <ModalOverlay />
      <ModalContent overflow="hidden" aria-label="Find anything">
        <Input
          h={14}
          px={5}
          fontSize="lg"
          border="none"
          borderRadius="none"
          bg="transparent"
          outline="none"
          _focusVisible={{ boxShadow: "none", outline: "none" }}
          role="combobox"
          aria-label="Find a contact or an action"
          aria-expanded
          aria-controls="palette-choices"
          aria-activedescendant={choices[current] && `choice-${choices[current].id}`}
          placeholder="Find a contact or an action"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
        <Box
          id="palette-choices"
          role="listbox"
          aria-label="Choices"
          maxH="52vh"
          overflow="auto"
          borderTop="1px solid"
          borderColor="line.subtle"
          p={2}
        >
          {choices.map((choice, index) => (
            <ChoiceRow
              key={choice.id}
              choice={choice}
              query={needle}
              chosen={index === current}
              onHover={() => setAt(index)}
              onTake={() => take(choice)}
            />
          ))}
          {choices.length === 0 && (
            <Text px={3} py={6} textAlign="center" color="text.muted">
              Nothing matches “{needle}”.
            </Text>
          )}
        </Box>
      </ModalContent>
    </Modal>
  );
}

interface ChoiceRowProps {
  choice: Choice;
  query: string;
  chosen: boolean;
  onHover: () => void;
  onTake: () => void;
}

function ChoiceRow({ choice, query, chosen, onHover, onTake }: ChoiceRowProps) {
  const Icon = choice.icon;
  return (
    <Flex
      id={`choice-${choice.id}`}
      role="option"
      aria-selected={chosen}
      align="center"
      gap={3}
      px={3}
      h="44px"
      borderRadius="md"
      cursor="pointer"
      bg={chosen ? "bg.hover" : undefined}
      ref={(row) => {
        if (chosen) row?.scrollIntoView({ block: "nearest" });
      }}
      onMouseMove={onHover}
      onClick={onTake}
    >
      <Flex w={7} justify="center" color="text.muted" flex="none">
        {Icon === "face" ? (
          <Avatar name={choice.label} size={26} />
        ) : (
          <Icon size={17} aria-hidden />
        )}
      </Flex>
      <Text flex="0 1 auto" noOfLines={1} color="text.strong" fontWeight={500}>
        <MarkedText text={choice.label} query={query} />
      </Text>
      <Text flex={1} noOfLines={1} color="text.muted" fontSize="sm">
        {choice.hint}
      </Text>
      {choice.keys && <KeyHint keys={choice.keys} />}
    </Flex>
  );
}

function usePeople(needle: string): Choice[] {
  const navigate = useNavigate();
  const { data } = useQuery(searchContactsOptions(useDebounced(needle, TYPING_MS), MOST_PEOPLE));
  if (!needle.trim()) return [];
  return (data?.items ?? []).slice(0, MOST_PEOPLE).map((hit) => ({
    id: hit.id,
    label: displayName(hit),
    hint: [hit.title, hit.company].filter(Boolean).join(", "),
    icon: "face",
    run: () => navigate(`${location.pathname}?${withPerson(hit.id)}`),
  }));
}

/** Open a contact over the present view. */
function withPerson(id: string): string {
  const params = new URLSearchParams(location.search);
  params.set("person", id);
  return params.toString();
}

function useCommands(onShortcuts: () => void): Choice[] {
  const navigate = useNavigate();
  const offered = usePlaceTest();
  const { toggleColorMode } = useColorMode();
  const { signOut } = useSession();
  const canReach = useCan("GET /graph/path");
  const canImport = useCan("POST /contacts/import");
  const mailbox = useMailbox();
  const go = (to: string) => () => navigate(to);
  return [
    ...(canReach
      ? [{ id: "reach", label: "Find a path to a contact", icon: Waypoints, run: go("/") }]
      : []),
    { id: "add", label: "Add a contact", icon: Plus, run: go("/contacts?add=contact") },
    ...(canImport
      ? [{ id: "import", label: "Import contacts", icon: Upload, run: go("/import") }]
      : []),
    ...[...PLACES, ...LOWER_PLACES].filter(offered).map((place) => ({
      id: place.path,
      label: `Go to ${place.label}`,
      icon: place.icon,
      keys: `g ${place.key}`,
      run: go(place.path),
    })),
    ...(canImport
      ? [{ id: "demo", label: "Try it with demo data", icon: FlaskConical, run: go("/demo") }]
      : []),
    ...(mailbox
      ? [{ id: "mailbox", label: "Open the mailbox", icon: Mail, run: () => void open(mailbox) }]
      : []),
    { id: "colours", label: "Switch light and dark", icon: Moon, run: toggleColorMode },
    {
      id: "keys",
      label: "Show the keyboard shortcuts",
      icon: Keyboard,
      keys: "?",
      run: onShortcuts,
    },
    { id: "out", label: "Sign out", icon: LogOut, run: signOut },
  ];
}
