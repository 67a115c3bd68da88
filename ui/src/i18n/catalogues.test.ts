import { i18n } from "@lingui/core";
import dayjs from "dayjs";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";

import { dayAndMonth, weekday } from "@/format/date";
import { LOCALES } from "@/i18n/locale";
import { activateLocale, currentLocale, rememberedLocale } from "@/i18n/setup";

function catalogue(locale: string): [id: string, text: string][] {
  const po = readFileSync(`src/i18n/locales/${locale}/messages.po`, "utf8");
  return [...po.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]);
}

describe("the catalogues", () => {
  afterAll(() => activateLocale("en"));

  it.each(LOCALES)("%s leaves no text out", (locale) => {
    expect(catalogue(locale).length).toBeGreaterThan(300);
    expect(catalogue(locale).filter(([, text]) => text === "")).toEqual([]);
  });

  it("write Uzbek Cyrillic without stray Latin letters", () => {
    const known = /\{[^}]*\}|<\/?\d+\/?>|\bomborctl upgrade\b|\b(Ombor|pgBackRest|QR|SKU|JPEG|PNG|WebP|Caps|Lock|PostgreSQL|Excel|CSV|SQLite|PDF|XML|import.xml|offers.xml|Enter|Esc|sql|Nesca\S*|Gold|g)\b/g;
    const stray = catalogue("uz-Cyrl").filter(([id, text]) => !id.includes("plural") && /[A-Za-z]/.test(text.replace(known, "")));
    expect(stray).toEqual([]);
  });

  it("write Uzbek Latin with its own letters ʻ and ʼ, never with a typewriter's apostrophe", () => {
    expect(catalogue("uz-Latn").filter(([, text]) => text.includes("'"))).toEqual([]);
  });

  it("switches words, dates and plurals without a restart", async () => {
    await activateLocale("ru");
    expect(currentLocale()).toBe("ru");
    expect(rememberedLocale()).toBe("ru");
    expect(document.documentElement.lang).toBe("ru");
    expect(dayAndMonth("2026-11-21")).toBe("21 ноября");
    expect(weekday("2026-11-21")).toBe("сб");
    await activateLocale("uz-Latn");
    expect(dayAndMonth("2026-11-21")).toBe("21-noyabr");
    expect(dayjs.locale()).toBe("uz-latn");
    await activateLocale("uz-Cyrl");
    expect(dayAndMonth("2026-11-21")).toBe("21-ноябр");
    await activateLocale("kk");
    expect(dayAndMonth("2026-11-21")).toBe("21 қараша");
  });

  it("lets the last of two quick choices win", async () => {
    await Promise.all([activateLocale("kk"), activateLocale("ru")]);
    expect(i18n.locale).toBe("ru");
  });
});
