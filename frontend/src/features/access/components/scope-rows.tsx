import { Box, Text } from "@chakra-ui/react";
import { CheckRow } from "@/components/check-row";
import { SCOPES, type Scope } from "@/features/access/scopes";

interface ScopeRowsProps {
  /** The scopes to choose from. */
  offered: readonly Scope[];
  granted: readonly Scope[];
  onChange: (granted: Scope[]) => void;
}

/** One checkbox for each scope, with what it means. */
export function ScopeRows({ offered, granted, onChange }: ScopeRowsProps) {
  return (
    <Box ml={-2}>
      {SCOPES.filter(({ scope }) => offered.includes(scope)).map(({ scope, label, means }) => (
        <CheckRow
          key={scope}
          checked={granted.includes(scope)}
          onChange={() =>
            onChange(
              granted.includes(scope)
                ? granted.filter((each) => each !== scope)
                : [...granted, scope],
            )
          }
        >
          <Text>
            <b>{label}</b>{" "}
            <Text as="span" color="text.muted">
              {means}
            </Text>
          </Text>
        </CheckRow>
      ))}
    </Box>
  );
}
