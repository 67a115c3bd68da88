import { describe, expect, it } from "vitest";

import { parseDay, typedDay } from "@/format/day";

describe("a day that is typed", () => {
  it("is read day first, with points, slashes or dashes", () => {
    expect(parseDay("21.11.2026")).toBe("2026-11-21");
    expect(parseDay("1/2/2026")).toBe("2026-02-01");
    expect(parseDay(" 01-02-2026 ")).toBe("2026-02-01");
  });

  it("must exist", () => {
    expect(parseDay("31.02.2026")).toBeNull();
    expect(parseDay("2026-11-21")).toBeNull();
    expect(parseDay("soon")).toBeNull();
  });

  it("is shown as it is typed", () => {
    expect(typedDay("2026-11-21")).toBe("21.11.2026");
    expect(typedDay(null)).toBe("");
  });
});
