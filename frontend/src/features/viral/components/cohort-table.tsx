import { Box, Text } from "@chakra-ui/react";
import { percent, shortDate } from "@/lib/format";
import type { ViralStats } from "@/types/api";

type Cohort = ViralStats["cohorts"][number];

/** The K-factor from which a cohort's cell has the warmest colour. */
const WARMEST_K = 0.8;
/** Percent of colour in that cell; with more, its number could not be read in the dark look. */
const WARMEST_SHADE = 45;

/** One row a week of joiners, shaded by their K-factor; cohorts that still run are hatched. */
export function CohortTable({ cohorts }: { cohorts: readonly Cohort[] }) {
  if (cohorts.length === 0) return <Text color="text.muted">The first week is not over yet.</Text>;
  return (
    // Scrollable content must be reachable by keyboard.
    <Box overflowX="auto" tabIndex={0} role="region" aria-label="Weekly cohorts">
      <Box
        as="table"
        w="full"
        fontSize="sm"
        sx={{
          fontVariantNumeric: "tabular-nums",
          "th, td": { py: 1.5, px: { base: 1.5, sm: 2 }, textAlign: "right" },
          "th:first-of-type": { textAlign: "left", whiteSpace: "nowrap" },
          thead: { color: "text.muted" },
        }}
      >
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col">Users</th>
            <th scope="col">Invited</th>
            <th scope="col">Active</th>
            <th scope="col">K</th>
          </tr>
        </thead>
        <tbody>
          {cohorts.map((cohort) => (
            <tr key={cohort.week}>
              <th scope="row" style={{ fontWeight: 450 }}>
                {shortDate(cohort.week)}
              </th>
              <td>{cohort.users}</td>
              <td>{cohort.invitations}</td>
              <td>
                {cohort.activated}{" "}
                {cohort.invitations > 0 && (
                  <span style={{ whiteSpace: "nowrap" }}>
                    ({percent(cohort.activated / cohort.invitations)})
                  </span>
                )}
              </td>
              <td style={shade(cohort)} title={cohort.open ? "Still running" : undefined}>
                {cohort.k_factor.toFixed(2)}
                {cohort.open && " so far"}
              </td>
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}

function shade({ k_factor, open }: Cohort): React.CSSProperties {
  const share = Math.min(1, k_factor / WARMEST_K);
  const ink = `color-mix(in oklab, var(--strength-7) ${Math.round(share * WARMEST_SHADE)}%, transparent)`;
  if (!open) return { background: ink };
  return { background: `repeating-linear-gradient(135deg, ${ink} 0 4px, transparent 4px 8px)` };
}
