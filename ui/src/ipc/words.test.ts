import { i18n } from "@lingui/core";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { LOCALES } from "@/i18n/locale";
import { activateLocale } from "@/i18n/setup";
import type { ErrorCode, FaceHint, NoticeCode } from "@/ipc/bindings";
import { WORDED_CODES, wordingOf } from "@/ipc/errors";
import { HINT_TEXTS, isBlind } from "@/ipc/hints";
import { noticeWording, WORDED_NOTICES } from "@/ipc/notices";

const bindings = readFileSync("src/ipc/bindings.ts", "utf8");

/** The members of a union in the generated bindings. */
function members(type: string): string[] {
  const union = new RegExp(`export type ${type} =([^;]+);`).exec(bindings)?.[1] ?? "";
  return [...union.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? "");
}

describe("the words for what the desk tells", () => {
  it("stand for every error code that can cross", () => {
    expect(members("ErrorCode").length).toBeGreaterThan(40);
    expect(members("ErrorCode").filter((code) => !WORDED_CODES.includes(code as ErrorCode))).toEqual([]);
  });

  it("stand for every message of the worker's screen", () => {
    expect(members("NoticeCode").length).toBeGreaterThan(15);
    expect(members("NoticeCode").filter((code) => !WORDED_NOTICES.includes(code as NoticeCode))).toEqual([]);
  });

  it("stand for everything that the camera asks of a person", () => {
    const hints = members("FaceHint");
    expect(hints.length).toBeGreaterThan(15);
    expect(hints.filter((hint) => HINT_TEXTS[hint as FaceHint] === undefined)).toEqual([]);
  });

  it("say what to do whenever the camera does not see", () => {
    const blind = members("FaceHint").filter((hint) => hint.startsWith("camera")) as FaceHint[];
    expect(blind.filter((hint) => !isBlind(hint))).toEqual([]);
  });

  it.each(LOCALES)("are all there in %s", async (locale) => {
    await activateLocale(locale);
    const descriptors = [
      ...WORDED_CODES.map((code) => wordingOf(code)).flatMap(({ text, next }) => [text, next]),
      ...Object.values(HINT_TEXTS),
      ...WORDED_NOTICES.map(noticeWording).flatMap(({ title, next }) => (next === null ? [title] : [title, next])),
    ];
    const missing = descriptors.filter((descriptor) => i18n.messages[descriptor.id] === undefined);
    expect(missing.map((descriptor) => descriptor.message)).toEqual([]);
    await activateLocale("en");
  });

  it("name who holds a code and how long to wait", () => {
    expect(i18n._(wordingOf("codeTaken", { name: "Pepsi" }).text)).toBe("This code belongs to “Pepsi” already.");
    expect(i18n._(wordingOf("wrongPassword", { waitSeconds: "4" }).next)).toBe("Try again in 4 seconds.");
  });

  it("fall back to a plain sentence for a code that a newer desk knows", () => {
    const unknown = "somethingNew" as ErrorCode;
    expect(wordingOf(unknown)).toEqual(wordingOf("internal"));
  });
});
