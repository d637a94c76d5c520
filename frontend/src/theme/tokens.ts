/** Colours by meaning, for the light and the dark look: dark is designed, not inverted. */
const token = (light: string, dark: string) => ({ default: light, _dark: dark });

export const semanticColors = {
  bg: {
    canvas: token("#f6f7f9", "#0b0f17"),
    surface: token("#ffffff", "#111722"),
    raised: token("#ffffff", "#18202e"),
    sunken: token("#eef1f5", "#0e131d"),
    hover: token("#f1f4f8", "#182131"),
    selected: token("#fff6e5", "#2a2214"),
    inverse: token("#141c2b", "#e8edf5"),
    chip: token("#eef1f5", "#1f2a3b"),
  },
  line: {
    subtle: token("#e4e9f0", "#212b3b"),
    strong: token("#c9d3e0", "#35435a"),
    control: token("#8794a8", "#5d6d86"),
  },
  text: {
    strong: token("#0f1828", "#f0f4fa"),
    default: token("#26334a", "#d3dbe8"),
    muted: token("#55637a", "#9aa9c0"),
    faint: token("#647189", "#8796ad"),
    inverse: token("#f3f6fb", "#121926"),
  },
  accent: {
    solid: token("#f59e0b", "#f59e0b"),
    hover: token("#e08c00", "#fbb02d"),
    ink: token("#221503", "#1d1203"),
    text: token("#96540a", "#fbb44c"),
    subtle: token("#fff3dc", "#2b2010"),
    line: token("#f3d39a", "#5c4317"),
  },
  danger: {
    text: token("#b42318", "#ff8f84"),
    subtle: token("#feeeec", "#33191a"),
    solid: token("#c8321f", "#d9442f"),
  },
  success: {
    text: token("#12734a", "#5fd3a0"),
    subtle: token("#e5f6ee", "#10281f"),
  },
  info: {
    text: token("#2b5c9e", "#8db8f0"),
    subtle: token("#e9f1fb", "#152238"),
  },
  doubt: token("#fff1c9", "#3a2d0c"),
  focus: token("#b26a00", "#fbb44c"),
  mark: token("#ffe3a8", "#5a420f"),
};

export const fonts = {
  body: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  heading: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  mono: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
};

export const fontSizes = {
  xs: "0.75rem",
  sm: "0.8125rem",
  md: "0.875rem",
  lg: "1rem",
  xl: "1.1875rem",
  "2xl": "1.5rem",
  "3xl": "1.9375rem",
  "4xl": "2.5rem",
};

export const shadows = {
  outline: "0 0 0 2px var(--chakra-colors-focus)",
  float: "0 1px 2px rgb(15 24 40 / 8%), 0 12px 32px -8px rgb(15 24 40 / 22%)",
  lift: "0 1px 2px rgb(15 24 40 / 6%), 0 4px 12px -4px rgb(15 24 40 / 10%)",
};
