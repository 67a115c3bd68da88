import { describe, expect, it } from "vitest";

import { queryOf, readFilter, writeFilter } from "@/features/movement/movementFilter";

const TODAY = new Date(2026, 10, 21, 14, 26);

const EVERYTHING = readFilter(new URLSearchParams());

describe("the filter of the history", () => {
  it("asks for everything when nothing is chosen", () => {
    expect(queryOf(EVERYTHING, TODAY, null)).toEqual({
      productId: null,
      employeeId: null,
      userId: null,
      kind: null,
      text: null,
      from: null,
      to: null,
      after: null,
      limit: 50,
    });
  });

  it("counts today as one of the last seven days", () => {
    expect(queryOf({ ...EVERYTHING, period: "week" }, TODAY, null).from).toBe("2026-11-15");
    expect(queryOf({ ...EVERYTHING, period: "today" }, TODAY, null).from).toBe("2026-11-21");
    expect(queryOf({ ...EVERYTHING, period: "month" }, TODAY, null).from).toBe("2026-10-23");
  });

  it("sends both ends of a period that was typed, and not when another period is chosen", () => {
    const typed = { ...EVERYTHING, period: "between" as const, fromDay: "2026-11-01", toDay: "2026-11-10" };
    expect(queryOf(typed, TODAY, null)).toMatchObject({ from: "2026-11-01", to: "2026-11-10" });
    expect(queryOf({ ...typed, period: "all" }, TODAY, null)).toMatchObject({ from: null, to: null });
  });

  it("goes on where the page before ended", () => {
    expect(queryOf(EVERYTHING, TODAY, "cursor").after).toBe("cursor");
  });

  it("ignores spaces around the words that are searched", () => {
    expect(queryOf({ ...EVERYTHING, text: "  nescafé " }, TODAY, null).text).toBe("nescafé");
    expect(queryOf({ ...EVERYTHING, text: "   " }, TODAY, null).text).toBeNull();
  });

  it("survives a trip through the address", () => {
    const filter = {
      ...EVERYTHING,
      text: "choy",
      kind: "issue" as const,
      productId: "p-1",
      employeeId: "e-1",
      userId: "u-1",
      period: "between" as const,
      fromDay: "2026-11-01",
      toDay: "2026-11-10",
    };
    expect(readFilter(writeFilter(filter))).toEqual(filter);
  });

  it("takes an address with nonsense for no filter", () => {
    const search = new URLSearchParams("kind=explosion&period=never&from=yesterday&to=2026-02-30");
    expect(readFilter(search)).toEqual(EVERYTHING);
  });
});
