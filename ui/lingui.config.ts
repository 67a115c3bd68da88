import { formatter } from "@lingui/format-po";
import { defineConfig } from "@lingui/conf";

/** The English source texts are the keys; every other language must translate each of them. */
export default defineConfig({
  sourceLocale: "en",
  locales: ["uz-Latn", "uz-Cyrl", "ru", "kk", "en"],
  catalogs: [
    {
      path: "<rootDir>/src/i18n/locales/{locale}/messages",
      include: ["<rootDir>/src"],
      exclude: ["**/*.test.*"],
    },
  ],
  format: formatter({ lineNumbers: false }),
  compileNamespace: "ts",
});
