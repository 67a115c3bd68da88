import { describe, expect, it } from "vitest";

import { dateTimeIn, dayIn, exactTimeIn, instantIn, parseTime } from "@/format/zone";

describe("the clock of the warehouse's zone", () => {
  const instant = "2026-11-21T20:30:15.000Z";

  it("is shown whatever clock this computer has", () => {
    expect(dateTimeIn("Asia/Tashkent", instant)).toBe("22.11.2026 01:30");
    expect(exactTimeIn("Asia/Tashkent", instant)).toBe("22.11.2026 01:30:15");
    expect(dayIn("Asia/Tashkent", instant)).toBe("2026-11-22");
    expect(dateTimeIn("Europe/Lisbon", instant)).toBe("21.11.2026 20:30");
  });

  it("names an instant", () => {
    expect(instantIn("Asia/Tashkent", "2026-11-22", "01:30:15")).toBe(instant);
    expect(instantIn("Europe/Berlin", "2026-07-01", "12:00:00")).toBe("2026-07-01T10:00:00.000Z");
    expect(instantIn("Europe/Berlin", "2026-12-01", "12:00:00")).toBe("2026-12-01T11:00:00.000Z");
  });

  it("takes hours and minutes, with seconds where somebody knows them", () => {
    expect(parseTime("14:26")).toBe("14:26:00");
    expect(parseTime(" 9.05 ")).toBe("09:05:00");
    expect(parseTime("09:05:30")).toBe("09:05:30");
    expect(["24:00", "12:60", "12:30:60", "12", "noon", ""].map(parseTime)).toEqual([null, null, null, null, null, null]);
  });
});
