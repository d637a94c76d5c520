import { Button, Flex } from "@chakra-ui/react";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** A choice of one among a few options, all of them visible. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange } = props;
  return (
    <Flex role="group" aria-label={label} bg="bg.sunken" borderRadius="md" p="2px" gap="2px">
      {options.map((option) => {
        const chosen = option.value === value;
        return (
          <Button
            key={option.value}
            size="xs"
            variant="ghost"
            aria-pressed={chosen}
            bg={chosen ? "bg.raised" : "transparent"}
            color={chosen ? "text.strong" : "text.muted"}
            boxShadow={chosen ? "lift" : "none"}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </Button>
        );
      })}
    </Flex>
  );
}
