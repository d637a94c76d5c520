import { baseTheme } from "@chakra-ui/react";
import { componentStyles } from "./component-styles";
import { fonts, fontSizes, semanticColors, shadows } from "./tokens";
import { strengthVariables } from "./strength";

const { colors, space, sizes, radii, zIndices, breakpoints, transition, lineHeights } = baseTheme;

/** The theme: Chakra's scales, our colours by meaning, our looks of the components in use. */
export const theme = {
  config: {
    initialColorMode: "system" as const,
    useSystemColorMode: false,
    cssVarPrefix: "chakra",
  },
  direction: "ltr" as const,
  colors: {
    transparent: "transparent",
    current: "currentColor",
    white: "#ffffff",
    black: "#000000",
    blackAlpha: colors.blackAlpha,
  },
  space,
  sizes,
  radii,
  zIndices,
  transition,
  lineHeights,
  breakpoints: { ...breakpoints, sm: "37.5em" },
  fonts,
  fontSizes,
  shadows,
  borders: baseTheme.borders,
  blur: baseTheme.blur,
  letterSpacings: baseTheme.letterSpacings,
  fontWeights: baseTheme.fontWeights,
  semanticTokens: { colors: semanticColors },
  components: componentStyles,
  styles: {
    global: {
      "html[data-theme='light']": { ...strengthVariables("light"), colorScheme: "light" },
      "html[data-theme='dark']": { ...strengthVariables("dark"), colorScheme: "dark" },
      body: {
        bg: "bg.canvas",
        color: "text.default",
        fontFamily: "body",
        fontSize: "md",
        lineHeight: 1.5,
        fontFeatureSettings: "'cv11', 'ss03'",
        WebkitFontSmoothing: "antialiased",
      },
      "h1, h2, h3": { textWrap: "balance" },
      mark: { bg: "mark", color: "text.strong", borderRadius: "2px", boxDecorationBreak: "clone" },
      "*, *::before, *::after": { borderColor: "line.subtle" },
      "@media (prefers-reduced-motion: reduce)": {
        "*, *::before, *::after": {
          animationDuration: "0.01ms !important",
          animationIterationCount: "1 !important",
          transitionDuration: "0.01ms !important",
          scrollBehavior: "auto !important",
        },
      },
    },
  },
};
