import { describe, expect, it } from "vitest";

import { boundsOf, namedMoment } from "@/features/backup/moment";
import type { JournalState } from "@/ipc/bindings";

const NOW = new Date("2026-11-21T09:00:00.000Z");
const KEPT: JournalState = {
  folder: "/media/disk",
  reach: { since: "2026-11-18T04:00:00.000Z", until: "2026-11-21T08:30:00.000Z", hasGap: false },
  isStopped: false,
  copiedAt: "2026-11-21T04:00:00.000Z",
  zone: "Asia/Tashkent",
};

describe("the moments that can be named", () => {
  it("go until now while every change is kept", () => {
    expect(boundsOf(KEPT, NOW)).toEqual({ since: KEPT.reach?.since, until: NOW.toISOString() });
  });

  it("end with the last change that was kept where the rest is not, or lies behind a gap", () => {
    expect(boundsOf({ ...KEPT, isStopped: true }, NOW)?.until).toBe(KEPT.reach?.until);
    const reach = { since: NOW.toISOString(), until: NOW.toISOString(), hasGap: true };
    expect(boundsOf({ ...KEPT, reach }, new Date("2027-01-01"))?.until).toBe(reach.until);
  });

  it("begin with a second that can be typed", () => {
    const reach = { since: "2026-11-18T04:00:00.250Z", until: NOW.toISOString(), hasGap: false };
    expect(boundsOf({ ...KEPT, reach }, NOW)?.since).toBe("2026-11-18T04:00:01.000Z");
  });

  it("are none before the first copy", () => {
    expect(boundsOf({ ...KEPT, reach: null }, NOW)).toBeNull();
  });
});

describe("a moment that is typed", () => {
  const bounds = { since: "2026-11-18T04:00:00.000Z", until: "2026-11-21T09:00:00.000Z" };
  const named = (day: string, time: string) => namedMoment("Asia/Tashkent", day, time, bounds);

  it("is read by the warehouse's own clock", () => {
    expect(named("21.11.2026", "12:04")).toEqual({ kind: "moment", at: "2026-11-21T07:04:00.000Z" });
    expect(named("21.11.2026", "12:04:30")).toEqual({ kind: "moment", at: "2026-11-21T07:04:30.000Z" });
  });

  it("is nothing yet, unreadable, or out of reach", () => {
    expect(named("21.11.2026", "").kind).toBe("none");
    expect(named("31.02.2026", "12:04").kind).toBe("unreadable");
    expect(named("21.11.2026", "noon").kind).toBe("unreadable");
    expect(named("18.11.2026", "08:59").kind).toBe("outside");
    expect(named("21.11.2026", "14:01").kind).toBe("outside");
  });
});
