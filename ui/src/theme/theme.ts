import {
  Autocomplete,
  Button,
  Checkbox,
  createTheme,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  TextInput,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const FONT = "'Inter Variable', sans-serif";

/** Mantine asks for ten shades; the house has one ink of each meaning, so every shade is that one. */
function oneShade(token: string): MantineColorsTuple {
  const shade = `var(${token})`;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
}

/** Mantine draws its own dark surfaces from these ten, ink first and ground last. */
const DARK: MantineColorsTuple = [
  "var(--o-ink-1)",
  "var(--o-ink-2)",
  "var(--o-ink-3)",
  "var(--o-ink-3)",
  "var(--o-line-strong)",
  "var(--o-line-strong)",
  "var(--o-card)",
  "var(--o-paper)",
  "var(--o-paper)",
  "var(--o-paper)",
];

/** Its greys in the light: grounds first, then lines and controls, ink last. */
const GRAY: MantineColorsTuple = [
  "var(--o-paper)",
  "var(--o-paper)",
  "var(--o-line)",
  "var(--o-line-strong)",
  "var(--o-line-strong)",
  "var(--o-ink-3)",
  "var(--o-ink-3)",
  "var(--o-ink-2)",
  "var(--o-ink-1)",
  "var(--o-ink-1)",
];

/** The house's sizes and fonts; its colours stand in `tokens.css`. */
export const theme = createTheme({
  fontFamily: FONT,
  fontFamilyMonospace: FONT,
  headings: { fontFamily: FONT, fontWeight: "750", sizes: { h1: { fontSize: "26px", lineHeight: "1.2" } } },
  fontSizes: { xs: "13px", sm: "14px", md: "15px", lg: "16px", xl: "20px" },
  radius: { xs: "6px", sm: "6px", md: "9px", lg: "12px", xl: "16px" },
  defaultRadius: "md",
  colors: {
    dark: DARK,
    gray: GRAY,
    brand: oneShade("--o-brand"),
    refused: oneShade("--o-refused"),
    saved: oneShade("--o-saved"),
    warning: oneShade("--o-warning"),
  },
  primaryColor: "brand",
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Button: Button.extend({ styles: { root: { height: 40, fontWeight: 650, fontSize: 15 } } }),
    TextInput: TextInput.extend({ styles: { input: { height: 40 }, label: { marginBottom: 4, fontWeight: 600 } } }),
    NumberInput: NumberInput.extend({ styles: { input: { height: 40 }, label: { marginBottom: 4, fontWeight: 600 } } }),
    Autocomplete: Autocomplete.extend({ styles: { input: { height: 40 }, label: { marginBottom: 4, fontWeight: 600 } } }),
    PasswordInput: PasswordInput.extend({
      styles: { input: { height: 40 }, label: { marginBottom: 4, fontWeight: 600 } },
    }),
    Select: Select.extend({ styles: { input: { height: 40 }, label: { marginBottom: 4, fontWeight: 600 } } }),
    Switch: Switch.extend({ styles: { label: { fontSize: 15 }, description: { fontSize: 14, lineHeight: 1.4 } } }),
    Checkbox: Checkbox.extend({ defaultProps: { radius: "sm" } }),
    Modal: Modal.extend({
      defaultProps: { radius: "xl", shadow: "none", overlayProps: { backgroundOpacity: 0.45 } },
      styles: { content: { border: "1px solid var(--o-line)" }, title: { fontWeight: 700, fontSize: 18 } },
    }),
  },
});

const surfaces = {
  "--mantine-color-body": "var(--o-paper)",
  "--mantine-color-text": "var(--o-ink-1)",
  "--mantine-color-dimmed": "var(--o-ink-3)",
  "--mantine-color-placeholder": "var(--o-ink-3)",
  "--mantine-color-error": "var(--o-refused)",
  "--mantine-color-anchor": "var(--o-brand)",
  "--mantine-color-default": "var(--o-card)",
  "--mantine-color-default-hover": "var(--o-paper)",
  "--mantine-color-default-color": "var(--o-ink-1)",
  "--mantine-color-default-border": "var(--o-line)",
  "--mantine-color-disabled": "var(--o-paper)",
  "--mantine-color-disabled-color": "var(--o-ink-3)",
  "--mantine-color-disabled-border": "var(--o-line)",
  "--mantine-color-white": "var(--o-card)",
  "--mantine-primary-color-contrast": "var(--o-on-brand)",
  "--mantine-color-gray-light": "var(--o-paper)",
  "--mantine-color-gray-light-hover": "var(--o-paper)",
  "--mantine-color-gray-light-color": "var(--o-ink-2)",
  "--mantine-color-brand-filled": "var(--o-brand)",
  "--mantine-color-brand-filled-hover": "var(--o-brand)",
  "--mantine-color-brand-light": "var(--o-brand-soft)",
  "--mantine-color-brand-light-hover": "var(--o-brand-soft)",
  "--mantine-color-brand-light-color": "var(--o-brand)",
  "--mantine-color-refused-filled": "var(--o-refused)",
  "--mantine-color-refused-filled-hover": "var(--o-refused)",
  "--mantine-color-refused-light": "var(--o-refused-soft)",
  "--mantine-color-refused-light-color": "var(--o-refused)",
};

/** Mantine's own surfaces, told in the house's colours; the same names in light and dark. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: surfaces, dark: surfaces });
