import { readdirSync } from "node:fs";
import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

/** A wall: files under `from` may not import what the patterns name. */
const wall = (from, patterns) => ({
  files: [`src/${from}/**`],
  rules: { "no-restricted-imports": ["error", { patterns }] },
});
const noParents = {
  regex: "^\\.\\./",
  message: "Say where it lives: import from '@/...' (or './' beside this file).",
};
const noBareOverlays = {
  group: ["@chakra-ui/react"],
  importNames: ["Modal", "Drawer", "AlertDialog", "Popover", "Menu"],
  message: "Take Dialog or Popup of '@/components': they open in their first field.",
};
const noApp = { regex: "^@/app/", message: "app/ uses the features, never the other way round." };
const noFeatures = {
  regex: "^@/features/",
  message: "What everything uses knows no feature: imports point from app to features to here.",
};

export default tseslint.config(
  { ignores: ["dist", "src/types/api.generated.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  a11y.flatConfigs.recommended,
  hooks.configs.flat.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // One name for a thing, wherever it is imported.
      "no-restricted-syntax": ["error", "ExportDefaultDeclaration"],
      "no-restricted-imports": ["error", { patterns: [noParents] }],
      // Fields that a press opens get the focus they were opened for.
      "jsx-a11y/no-autofocus": "off",
      "no-console": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  ...features.map((feature) =>
    wall(`features/${feature}`, [
      noParents,
      noBareOverlays,
      noApp,
      {
        regex: `^@/features/(?!${feature}/)`,
        message: "Features meet in app/ only: take what you need as a prop.",
      },
    ]),
  ),
  ...["components", "lib", "theme", "types"].map((folder) =>
    wall(folder, [noParents, noApp, noFeatures]),
  ),
  {
    files: ["*.config.{js,ts}"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["scripts/**", "*.config.js"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { projectService: false },
      globals: { console: "readonly", process: "readonly", URL: "readonly", self: "readonly" },
    },
    rules: { ...tseslint.configs.disableTypeChecked.rules, "no-console": "off", "no-undef": "off" },
  },
);
