/**
 * The colour ramp: a strength in (0, 1] as a colour, the same everywhere.
 *
 * Cool slate, sand, amber, deep orange. Colour never stands alone: beside it there is always a
 * number, a length or a width.
 */
export type ColorMode = "light" | "dark";

/** Stops at strength 0, 0.25, 0.5, 0.75 and 1. */
const STOPS: Record<ColorMode, readonly string[]> = {
  light: ["#a3b1c6", "#cdbf9f", "#efb04a", "#f18a1f", "#e2520c"],
  dark: ["#48576f", "#8a7a5c", "#d6952f", "#f28b23", "#fa6a23"],
};

const STEPS = 32;
const ramps: Record<ColorMode, readonly string[]> = {
  light: buildRamp(STOPS.light),
  dark: buildRamp(STOPS.dark),
};

/** Return the ramp's colour for a strength, as `#rrggbb`. */
export function strengthColor(strength: number, mode: ColorMode): string {
  const step = Math.round(clamp(strength) * STEPS);
  return ramps[mode][step] ?? "#888888";
}

/** Return the words for a strength. */
export function strengthWord(strength: number): string {
  if (strength >= 0.8) return "very warm";
  if (strength >= 0.6) return "warm";
  if (strength >= 0.4) return "mild";
  if (strength >= 0.2) return "cool";
  return "faint";
}

/** The ramp as CSS custom properties `--strength-0` to `--strength-10`, by tenths of strength. */
export function strengthVariables(mode: ColorMode): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 11 }, (_, tenth) => [
      `--strength-${tenth}`,
      strengthColor(tenth / 10, mode),
    ]),
  );
}

/** Return the CSS reference for a strength; it follows the colour mode. */
export function strengthVariable(strength: number): string {
  return `var(--strength-${Math.round(clamp(strength) * 10)})`;
}

function clamp(strength: number): number {
  return Math.min(1, Math.max(0, strength));
}

function buildRamp(stops: readonly string[]): string[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const position = (step / STEPS) * (stops.length - 1);
    const left = Math.min(Math.floor(position), stops.length - 2);
    return mix(stops[left] ?? "", stops[left + 1] ?? "", position - left);
  });
}

function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const a = parseInt(from.slice(at, at + 2), 16);
    const b = parseInt(to.slice(at, at + 2), 16);
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
