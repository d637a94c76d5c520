import { Box, Button, Flex, Input, Select, Text } from "@chakra-ui/react";
import { ListFilter } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { Popup } from "@/components/popup";
import { Segmented } from "@/components/segmented";
import { byFrequency } from "@/features/graph/network-model";
import { LIMITS, type NetworkViewQuestion } from "@/features/graph/network-question";
import { useGraphView } from "@/features/graph/stores/graph-view-store";
import { displayName, formatCount, percent, plural } from "@/lib/format";
import type { UrlChange } from "@/lib/use-url-state";
import type { Network } from "@/types/api";

interface NetworkToolbarProps {
  whole: Network | undefined;
  shown: Network | undefined;
  question: NetworkViewQuestion;
  asList: boolean;
  onChange: (change: UrlChange) => void;
  onFind: (id: string) => void;
}

/** The toolbar over the canvas: a search field, the filters, picture or list. */
export function NetworkToolbar(props: NetworkToolbarProps) {
  const { whole, shown, asList, onChange, onFind } = props;
  const { expanded, collapse } = useGraphView();
  return (
    <Flex
      position="relative"
      zIndex={1}
      gap={2}
      p={{ base: 3, md: 5 }}
      wrap="wrap"
      align="center"
      pointerEvents="none"
      sx={{ "> *": { pointerEvents: "auto" } }}
    >
      <FindPerson whole={whole} onFind={onFind} />
      <FilterPopup {...props} />
      <Segmented
        label="Picture or list"
        value={asList ? "list" : "picture"}
        options={[
          { value: "picture", label: "Picture" },
          { value: "list", label: "List" },
        ]}
        onChange={(value) => onChange({ view: value === "list" ? "list" : null })}
      />
      {expanded.length > 0 && (
        <Button size="sm" onClick={collapse}>
          Undo expanding
        </Button>
      )}
      {shown && (
        <Text
          role="status"
          fontSize="sm"
          color="text.muted"
          ml={{ md: "auto" }}
          px={2}
          borderRadius="md"
          bg="bg.canvas"
          sx={{ fontVariantNumeric: "tabular-nums" }}
        >
          {plural(shown.nodes.length, "contact")}, {plural(shown.links.length, "tie")}
          {shown.truncated && ", the warmest only"}
        </Text>
      )}
    </Flex>
  );
}

function FindPerson({ whole, onFind }: Pick<NetworkToolbarProps, "whole" | "onFind">) {
  const list = useId();
  const [text, setText] = useState("");
  const byName = useMemo(
    () => new Map((whole?.nodes ?? []).map((node) => [displayName(node), node.id])),
    [whole],
  );
  const find = (name: string) => {
    setText(name);
    const id = byName.get(name);
    if (id) onFind(id);
  };
  return (
    <Box w={{ base: "full", sm: "15rem" }}>
      <Input
        h={8}
        aria-label="Find in the graph"
        placeholder="Find in the graph"
        list={list}
        value={text}
        boxShadow="lift"
        onChange={(event) => find(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
      <datalist id={list}>
        {text.length > 0 &&
          [...byName.keys()]
            .filter((name) => name.toLowerCase().includes(text.toLowerCase()))
            .slice(0, 12)
            .map((name) => <option key={name} value={name} />)}
      </datalist>
    </Box>
  );
}

function FilterPopup({ whole, question, onChange }: NetworkToolbarProps) {
  const { filter, depth, limit } = question;
  const active = [filter.tag, filter.company, filter.minStrength].filter(Boolean).length;
  const companies = useMemo(
    () => byFrequency((whole?.nodes ?? []).flatMap(({ company }) => company ?? [])),
    [whole],
  );
  const tags = useMemo(
    () => byFrequency((whole?.nodes ?? []).flatMap((node) => node.tags)),
    [whole],
  );
  return (
    <Popup
      title="What the graph shows"
      label={active > 0 ? `Filter · ${active}` : "Filter"}
      leftIcon={<ListFilter size={15} />}
      boxShadow="lift"
      width="17rem"
    >
      <Flex direction="column" gap={3} p={1}>
        <Choice
          label="Company"
          value={filter.company}
          onChange={(company) => onChange({ company })}
        >
          <option value="">All</option>
          {companies.map((company) => (
            <option key={company}>{company}</option>
          ))}
        </Choice>
        <Choice label="Tag" value={filter.tag} onChange={(tag) => onChange({ tag })}>
          <option value="">All</option>
          {tags.map((tag) => (
            <option key={tag}>{tag}</option>
          ))}
        </Choice>
        <Choice
          label="Hops"
          value={String(depth)}
          onChange={(value) => onChange({ depth: value === "2" ? null : value })}
        >
          <option value="1">1: people I know</option>
          <option value="2">2: and people they know</option>
          <option value="3">3: one hop further</option>
        </Choice>
        <Choice
          label="At most"
          value={String(limit)}
          onChange={(value) => onChange({ limit: value === "500" ? null : value })}
        >
          {LIMITS.map((each) => (
            <option key={each} value={each}>
              {formatCount(each)} contacts
            </option>
          ))}
        </Choice>
        <Box as="label" fontSize="xs" fontWeight={600} color="text.muted">
          Strength at least {percent(filter.minStrength)}
          <input
            type="range"
            min={0}
            max={100}
            step={5}
            value={filter.minStrength * 100}
            style={{ width: "100%", accentColor: "var(--chakra-colors-accent-text)" }}
            onChange={(event) => {
              const share = Number(event.target.value) / 100;
              onChange({ min: share > 0 ? String(share) : null });
            }}
          />
        </Box>
      </Flex>
    </Popup>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: React.ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <Box as="label" fontSize="xs" fontWeight={600} color="text.muted">
      {label}
      <Select
        mt={1}
        size="sm"
        fontWeight={450}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </Select>
    </Box>
  );
}
