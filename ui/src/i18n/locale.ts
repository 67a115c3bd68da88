import type { Locale } from "@/ipc/bindings";

/** Every language of the screens, the first one first. */
export const LOCALES: readonly Locale[] = ["uz-Latn", "uz-Cyrl", "ru", "kk", "en"];

/** What each language is called by those who speak it. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  "uz-Latn": "Oʻzbekcha",
  "uz-Cyrl": "Ўзбекча",
  ru: "Русский",
  kk: "Қазақша",
  en: "English",
};

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
