import { strengthVariable } from "@/theme/strength";

/** Points as [x, y, radius]; ties as [from, to, strength]. The first four points are the path. */
const POINTS: readonly [number, number, number][] = [
  [92, 372, 21],
  [226, 246, 17],
  [372, 292, 17],
  [506, 142, 21],
  [150, 120, 9],
  [300, 92, 8],
  [70, 232, 8],
  [232, 408, 9],
  [392, 430, 8],
  [530, 330, 9],
  [420, 60, 7],
  [560, 236, 7],
  [318, 182, 7],
  [150, 470, 7],
  [486, 440, 6],
];
const TIES: readonly [number, number, number][] = [
  [0, 6, 0.2],
  [6, 4, 0.15],
  [4, 1, 0.3],
  [1, 12, 0.35],
  [12, 5, 0.15],
  [5, 10, 0.1],
  [12, 3, 0.25],
  [0, 7, 0.4],
  [7, 2, 0.25],
  [2, 8, 0.3],
  [8, 14, 0.15],
  [9, 2, 0.35],
  [9, 11, 0.15],
  [11, 3, 0.3],
  [10, 3, 0.2],
  [0, 13, 0.2],
  [13, 7, 0.15],
  [0, 1, 0.72],
  [1, 2, 0.86],
  [2, 3, 1],
];

/** The product in one picture: among many cool ties, one warm path. */
export function WarmPathArt() {
  return (
    <svg viewBox="0 0 640 520" width="86%" style={{ maxWidth: 760 }} aria-hidden>
      {TIES.map(([from, to, strength]) => {
        const [x1 = 0, y1 = 0] = POINTS[from] ?? [];
        const [x2 = 0, y2 = 0] = POINTS[to] ?? [];
        return (
          <line
            key={`${from}-${to}`}
            {...{ x1, y1, x2, y2 }}
            stroke={strengthVariable(strength)}
            strokeWidth={1 + strength * 6}
            strokeLinecap="round"
            opacity={strength > 0.5 ? 1 : 0.55}
          />
        );
      })}
      {POINTS.map(([cx, cy, r], at) => (
        <circle
          key={at}
          {...{ cx, cy, r }}
          fill={at < 4 ? strengthVariable(0.6 + at * 0.133) : "var(--chakra-colors-bg-raised)"}
          stroke={at < 4 ? "var(--chakra-colors-bg-canvas)" : "var(--chakra-colors-line-strong)"}
          strokeWidth={at < 4 ? 5 : 1.5}
        />
      ))}
    </svg>
  );
}
