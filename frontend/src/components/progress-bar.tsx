import { Box } from "@chakra-ui/react";

/** How far something is: `value` of `max`. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max: number }) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <Box
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      mt={3}
      h="10px"
      borderRadius="full"
      bg="line.subtle"
      overflow="hidden"
    >
      <Box
        h="full"
        borderRadius="full"
        w={`${share * 100}%`}
        transition="width 200ms linear"
        bgGradient="linear(to-r, var(--strength-4), var(--strength-8))"
      />
    </Box>
  );
}
