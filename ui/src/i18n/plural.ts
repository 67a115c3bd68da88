import type { Locale } from "@/ipc/bindings";

/**
 * The language whose plural rules the browser is asked for. WebView2 may come without Uzbek and Kazakh, and
 * would then take the rules of Windows' own language. Whole numbers follow the English rule in both
 * (1 is one, all others are other), and English and Russian are in every browser.
 */
export function pluralRulesOf(locale: Locale): "en" | "ru" {
  return locale === "ru" ? "ru" : "en";
}
