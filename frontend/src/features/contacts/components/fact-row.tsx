import { Box, Flex, Input, Select, Text } from "@chakra-ui/react";
import { Pencil } from "lucide-react";
import { useState, type ReactNode } from "react";

/** A line of the panel: what it is, and its value. */
export function FactRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Flex minH="34px" align="center" gap={3}>
      <Text as="dt" w="78px" flex="none" fontSize="sm" color="text.muted" noOfLines={1}>
        {label}
      </Text>
      <Flex as="dd" flex={1} minW={0} align="center" gap={2} overflowWrap="anywhere">
        {children}
      </Flex>
    </Flex>
  );
}

interface EditableRowProps {
  label: string;
  value: string;
  /** How the value is shown; the value itself when left out. */
  shown?: ReactNode;
  type?: "text" | "date" | "tel" | "url";
  /** Those that can be chosen, where the value is one of them. */
  choices?: readonly string[];
  /** Called with the new value and the one it replaces. */
  onSave: (value: string, base: string) => void;
}

/** A line whose value is changed in place: Enter keeps, Esc leaves. */
export function EditableRow({ label, value, shown, type, choices, onSave }: EditableRowProps) {
  // The value when the line became a field; null while it is not a field.
  const [base, setBase] = useState<string | null>(null);
  const save = (text: string) => {
    setBase(null);
    if (base !== null && text.trim() !== base) onSave(text.trim(), base);
  };
  return (
    <FactRow label={label}>
      {base === null ? (
        <>
          {shown ?? (value && <Text as="span">{value}</Text>)}
          <EditButton
            label={value ? `Change ${label}` : `Add ${label}`}
            onClick={() => setBase(value)}
          >
            {value ? <Pencil size={12} aria-hidden /> : "Add"}
          </EditButton>
        </>
      ) : choices ? (
        <Select
          autoFocus
          size="sm"
          aria-label={label}
          defaultValue={base}
          data-keeps-keys=""
          onChange={(event) => save(event.target.value)}
          onBlur={() => setBase(null)}
        >
          <option value="">None</option>
          {[...new Set([...choices, ...(base ? [base] : [])])].map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </Select>
      ) : (
        <Input
          autoFocus
          size="sm"
          type={type ?? "text"}
          aria-label={label}
          defaultValue={base}
          data-keeps-keys=""
          onBlur={(event) => save(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") save(event.currentTarget.value);
            else if (event.key === "Escape") setBase(null);
            else return;
            event.stopPropagation();
          }}
        />
      )}
    </FactRow>
  );
}

export function EditButton(props: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Box
      as="button"
      type="button"
      aria-label={props.label}
      onClick={props.onClick}
      px={1.5}
      _first={{ ml: -1.5 }}
      py={0.5}
      minW="24px"
      minH="24px"
      display="inline-flex"
      alignItems="center"
      borderRadius="sm"
      fontSize="sm"
      color="text.faint"
      _hover={{ bg: "bg.hover", color: "text.strong" }}
      _focusVisible={{ boxShadow: "outline", outline: "none" }}
    >
      {props.children}
    </Box>
  );
}
