import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { minutesAndSeconds } from "@/format/date";
import { money } from "@/format/money";
import { isZero, quantity, signed } from "@/format/quantity";
import { activateLocale } from "@/i18n/setup";

describe("numbers", () => {
  beforeAll(() => activateLocale("uz-Latn"));
  afterAll(() => activateLocale("en"));

  it.each([
    ["0", "0"],
    ["999", "999"],
    ["1284", "1\u2009284"],
    ["1234567.125", "1\u2009234\u2009567,125"],
    ["-12", "−12"],
    ["-0.5", "−0,5"],
    ["-0", "0"],
    ["-0.000", "0,000"],
    ["999999999999999.999", "999\u2009999\u2009999\u2009999\u2009999,999"],
  ])("groups %s by thin spaces and rounds nothing", (value, text) => {
    expect(quantity(value)).toBe(text);
  });

  it("says a movement with its sign, and never with a hyphen", () => {
    expect(signed("24", "in")).toBe("+24");
    expect(signed("6", "out")).toBe("−6");
  });

  it("gives nothing no sign, whichever way it did not move", () => {
    expect(signed("0", "out")).toBe("0");
    expect(signed("0.000", "in")).toBe("0,000");
  });

  it("shows kopecks only when there are any", () => {
    expect(money("38500")).toBe("38\u2009500");
    expect(money("38500.00")).toBe("38\u2009500");
    expect(money("0.5")).toBe("0,50");
  });

  it("takes every spelling of nothing for nothing", () => {
    expect(["0", "0.000", "-0", ""].map(isZero)).toEqual([true, true, true, true]);
    expect(isZero("0.001")).toBe(false);
  });

  it("counts down to the last second", () => {
    expect(minutesAndSeconds(300_000)).toBe("5:00");
    expect(minutesAndSeconds(245_001)).toBe("4:06");
    expect(minutesAndSeconds(1)).toBe("0:01");
    expect(minutesAndSeconds(-5)).toBe("0:00");
  });
});
