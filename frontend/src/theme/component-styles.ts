import { defineStyle, defineStyleConfig, createMultiStyleConfigHelpers } from "@chakra-ui/react";

/**
 * The looks of the few Chakra components in use; their full themes would not fit the first load.
 */
/** Between the scale's 10 and 12. */
const TALL = "2.75rem";

const focusRing = { boxShadow: "outline", outline: "none" };

const field = defineStyle({
  bg: "bg.surface",
  color: "text.strong",
  border: "1px solid",
  borderColor: "line.control",
  borderRadius: "md",
  px: 3,
  h: 9,
  fontSize: "md",
  width: "100%",
  transition: "border-color 120ms, box-shadow 120ms",
  _placeholder: { color: "text.faint" },
  textOverflow: "ellipsis",
  _hover: { borderColor: "text.muted" },
  _focusVisible: {
    borderColor: "focus",
    boxShadow: "0 0 0 1px var(--chakra-colors-focus)",
    outline: "none",
  },
  _invalid: { borderColor: "danger.solid" },
  _disabled: { opacity: 0.6, cursor: "not-allowed" },
});

const Button = defineStyleConfig({
  baseStyle: {
    fontWeight: 550,
    borderRadius: "md",
    whiteSpace: "nowrap",
    transition: "background-color 120ms, border-color 120ms, color 120ms",
    _focusVisible: focusRing,
    _disabled: { opacity: 0.55, cursor: "not-allowed" },
  },
  sizes: {
    xs: { h: 7, minW: 7, px: 2, fontSize: "xs" },
    sm: { h: 8, minW: 8, px: 3, fontSize: "sm" },
    md: { h: 9, minW: 9, px: 4, fontSize: "md" },
    lg: { h: TALL, minW: TALL, px: 5, fontSize: "lg" },
  },
  variants: {
    accent: {
      bg: "accent.solid",
      color: "accent.ink",
      fontWeight: 600,
      _hover: { bg: "accent.hover", _disabled: { bg: "accent.solid" } },
    },
    outline: {
      bg: "bg.surface",
      color: "text.default",
      border: "1px solid",
      borderColor: "line.strong",
      _hover: { bg: "bg.hover", borderColor: "line.control" },
      _active: { bg: "bg.sunken" },
    },
    ghost: {
      bg: "transparent",
      color: "text.muted",
      _hover: { bg: "bg.hover", color: "text.strong" },
      _active: { bg: "bg.sunken" },
    },
    danger: { bg: "danger.solid", color: "white", _hover: { filter: "brightness(0.93)" } },
    inverse: {
      bg: "transparent",
      color: "inherit",
      textDecoration: "underline",
      textUnderlineOffset: "3px",
      px: 2,
      _focusVisible: { outline: "2px solid currentColor", boxShadow: "none" },
    },
  },
  defaultProps: { size: "md", variant: "outline" },
});

const input = createMultiStyleConfigHelpers(["field", "addon", "element", "group"]);
const Input = input.defineMultiStyleConfig({
  baseStyle: { field, element: { color: "text.faint", height: 9 } },
  sizes: { sm: { field: { h: 8, fontSize: "sm" } }, lg: { field: { h: TALL, fontSize: "lg" } } },
});

const Textarea = defineStyleConfig({
  baseStyle: { ...field, h: "auto", py: 2, lineHeight: "tall", resize: "vertical" },
});

const select = createMultiStyleConfigHelpers(["field", "icon"]);
const Select = select.defineMultiStyleConfig({
  baseStyle: {
    field: { ...field, pr: 8, appearance: "none", "> option": { bg: "bg.raised" } },
    icon: { width: 5, right: 2, color: "text.muted" },
  },
  sizes: {
    sm: { field: { h: 8, fontSize: "sm" } },
    xs: { field: { h: 7, fontSize: "xs", px: 2 } },
  },
});

const form = createMultiStyleConfigHelpers(["container", "helperText", "requiredIndicator"]);
const Form = form.defineMultiStyleConfig({
  baseStyle: {
    container: { width: "100%", position: "relative" },
    helperText: { mt: 1.5, fontSize: "sm", color: "text.muted" },
    requiredIndicator: { color: "danger.text" },
  },
});

const FormLabel = defineStyleConfig({
  baseStyle: { display: "block", fontSize: "sm", fontWeight: 550, color: "text.default", mb: 1.5 },
});

const dialog = createMultiStyleConfigHelpers([
  ...["overlay", "dialogContainer", "dialog", "header", "closeButton", "body", "footer"],
]);
const Modal = dialog.defineMultiStyleConfig({
  baseStyle: {
    overlay: { bg: "blackAlpha.500", zIndex: "modal", backdropFilter: "blur(2px)" },
    dialogContainer: {
      display: "flex",
      zIndex: "modal",
      justifyContent: "center",
      alignItems: "flex-start",
      overscrollBehaviorY: "none",
      px: 4,
    },
    dialog: {
      bg: "bg.raised",
      color: "text.default",
      border: "1px solid",
      borderColor: "line.subtle",
      borderRadius: "xl",
      boxShadow: "float",
      display: "flex",
      flexDirection: "column",
      my: "10vh",
      maxH: "80vh",
      zIndex: "modal",
    },
    // The close button stands on the right.
    header: { pl: 6, pr: 14, pt: 5, pb: 2, fontSize: "xl", fontWeight: 650, color: "text.strong" },
    closeButton: { position: "absolute", top: 4, insetEnd: 4 },
    body: { px: 6, py: 3, flex: 1, overflow: "auto" },
    footer: { px: 6, py: 4, gap: 2 },
  },
  sizes: {
    md: { dialog: { maxW: "28rem" } },
    lg: { dialog: { maxW: "36rem" } },
    xl: { dialog: { maxW: "46rem" } },
    // Space for a letter beside the field for its words.
    "2xl": { dialog: { maxW: "56rem" } },
  },
  defaultProps: { size: "md" },
});

const CloseButton = defineStyleConfig({
  baseStyle: {
    w: 8,
    h: 8,
    borderRadius: "md",
    color: "text.muted",
    _hover: { bg: "bg.hover", color: "text.strong" },
    _focusVisible: focusRing,
  },
});

const toggle = createMultiStyleConfigHelpers(["container", "track", "thumb", "label"]);
const Switch = toggle.defineMultiStyleConfig({
  baseStyle: {
    container: {
      "--switch-w": "2.25rem",
      "--switch-h": "1.25rem",
      "--switch-x": "1rem",
      display: "inline-flex",
      alignItems: "center",
      cursor: "pointer",
    },
    label: { ml: 2.5 },
    track: {
      w: "var(--switch-w)",
      h: "var(--switch-h)",
      p: "2px",
      borderRadius: "full",
      bg: "line.control",
      transition: "background-color 120ms",
      _focusVisible: focusRing,
      _checked: { bg: "accent.text" },
    },
    thumb: {
      w: "1rem",
      h: "1rem",
      borderRadius: "full",
      bg: "white",
      transition: "transform 120ms",
      _checked: { transform: "translateX(var(--switch-x))" },
    },
  },
});

const Heading = defineStyleConfig({
  baseStyle: { fontWeight: 650, color: "text.strong", letterSpacing: "-0.015em", lineHeight: 1.25 },
  sizes: {
    sm: { fontSize: "md" },
    md: { fontSize: "xl" },
    lg: { fontSize: "2xl" },
    xl: { fontSize: { base: "2xl", md: "3xl" } },
  },
  defaultProps: { size: "md" },
});

const Link = defineStyleConfig({
  baseStyle: {
    color: "accent.text",
    textDecoration: "underline",
    textDecorationColor: "accent.line",
    textUnderlineOffset: "3px",
    borderRadius: "sm",
    _hover: { textDecorationColor: "currentColor" },
    _focusVisible: focusRing,
  },
});

export const componentStyles = {
  Button,
  Input,
  Textarea,
  Select,
  Form,
  FormLabel,
  Modal,
  CloseButton,
  Switch,
  Heading,
  Link,
};
