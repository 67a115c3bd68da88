import js from "@eslint/js";
import lingui from "eslint-plugin-lingui";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const tauri = { group: ["@tauri-apps/*"], message: "Only src/ipc talks to Tauri." };
const upward = { group: ["../*"], message: "Say @/… when an import leaves its folder." };
const fake = { group: ["@/ipc/fake", "@/ipc/fake/*", "!@/ipc/fake/scenes"], message: "Only tests and the entry know the fake." };

/** What a folder may not import: the base knows no scanner, the scanner no feature, nobody but the entry the desk. */
function forbid(files, groups, message) {
  const zone = groups.length === 0 ? [] : [{ group: groups, message }];
  return {
    files: files.map((name) => `src/${name}/**/*.{ts,tsx}`),
    rules: { "no-restricted-imports": ["error", { patterns: [tauri, upward, fake, ...zone] }] },
  };
}

const TEXT = "Every text goes through Lingui.";
const SAID = "^(title|label|placeholder|aria-label|alt|description)$";
const FEATURES = ["audit", "backup", "employee", "enrolment", "faceGate", "movement", "product", "settings", "takeover", "today", "user"];

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/i18n/locales", "src/ipc/bindings.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { lingui, "react-hooks": reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "lingui/no-unlocalized-strings": "off",
      "lingui/t-call-in-function": "error",
      "lingui/no-single-tag-to-translate": "error",
      "lingui/no-trans-inside-trans": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unnecessary-type-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 150, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXElement[openingElement.name.name!='Trans'] > JSXText[value=/\\p{L}/u]", message: TEXT },
        { selector: "JSXFragment > JSXText[value=/\\p{L}/u]", message: TEXT },
        { selector: `JSXAttribute[name.name=/${SAID}/] > Literal[value=/\\p{L}/u]`, message: TEXT },
        { selector: "JSXElement[openingElement.name.name='Plural'] JSXAttribute > Literal[value=/#/]", message: "`#` is written by Intl: put a formatted number into the text." },
        { selector: "MemberExpression[object.name='Intl']", message: "Uzbek and Kazakh are not in every browser: use src/format." },
        { selector: "CallExpression[callee.property.name=/^toLocale/]", message: "Uzbek and Kazakh are not in every browser: use src/format." },
      ],
    },
  },
  forbid(["desk"], [], ""),
  forbid(["components", "format", "i18n", "session", "theme"], ["@/scan/*", "@/features/*", "@/desk/*"], "The base stands on nothing above it."),
  forbid(["scan"], ["@/features/*", "@/desk/*"], "The scanner knows no screen."),
  ...FEATURES.map((name) =>
    forbid([`features/${name}`], ["@/desk/*", "@/features/*", `!@/features/${name}`], "Features meet in desk/ only."),
  ),
  {
    files: ["src/ipc/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [upward, { group: ["@/scan/*", "@/features/*", "@/desk/*"], message: "The base stands on nothing above it." }] },
      ],
    },
  },
  {
    files: ["src/**/*.test.{ts,tsx}", "src/testing/**"],
    rules: { "max-lines-per-function": "off", "no-restricted-syntax": "off", "no-restricted-imports": "off" },
  },
);
