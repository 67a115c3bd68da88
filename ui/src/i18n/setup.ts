import { i18n, type Messages } from "@lingui/core";
import dayjs from "dayjs";
import "dayjs/locale/kk";
import "dayjs/locale/ru";
import "dayjs/locale/uz";
import "dayjs/locale/uz-latn";

import { isLocale } from "@/i18n/locale";
import { pluralRulesOf } from "@/i18n/plural";
import type { Locale } from "@/ipc/bindings";

const DAYJS_LOCALES: Readonly<Record<Locale, string>> = {
  "uz-Latn": "uz-latn",
  "uz-Cyrl": "uz",
  ru: "ru",
  kk: "kk",
  en: "en",
};

const catalogues: Readonly<Record<Locale, () => Promise<{ messages: Messages }>>> = {
  "uz-Latn": () => import("@/i18n/locales/uz-Latn/messages"),
  "uz-Cyrl": () => import("@/i18n/locales/uz-Cyrl/messages"),
  ru: () => import("@/i18n/locales/ru/messages"),
  kk: () => import("@/i18n/locales/kk/messages"),
  en: () => import("@/i18n/locales/en/messages"),
};

const STORAGE_KEY = "ombor.locale";
const FIRST_LANGUAGE: Locale = "uz-Latn";

let latestChoice = 0;

/** Switches every text, date and number to a language; the last of several quick choices wins. */
export async function activateLocale(locale: Locale): Promise<void> {
  latestChoice += 1;
  const choice = latestChoice;
  const { messages } = await catalogues[locale]();
  if (choice !== latestChoice) return;
  dayjs.locale(DAYJS_LOCALES[locale]);
  i18n.load(locale, messages);
  i18n.activate(locale, [pluralRulesOf(locale)]);
  document.documentElement.lang = locale;
  localStorage.setItem(STORAGE_KEY, locale);
}

/** The language that is on the screen now. */
export function currentLocale(): Locale {
  return isLocale(i18n.locale) ? i18n.locale : FIRST_LANGUAGE;
}

/** The language that this station showed last; Uzbek until somebody chooses. */
export function rememberedLocale(): Locale {
  const remembered = localStorage.getItem(STORAGE_KEY);
  return isLocale(remembered) ? remembered : FIRST_LANGUAGE;
}
