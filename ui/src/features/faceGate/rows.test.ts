import { describe, expect, it } from "vitest";

import { needOf, vouchedOf, worstFirst } from "@/features/faceGate/rows";
import type { FaceReportRow } from "@/ipc/bindings";

function row(name: string, change: Partial<FaceReportRow> = {}): FaceReportRow {
  return {
    employeeId: name,
    name,
    active: true,
    enrolledAt: "2026-11-20T06:10:00.000Z",
    lights: 2,
    templateCount: 20,
    quality: 90,
    needsTopUp: false,
    refusedMonth: 0,
    recent: [],
    ...change,
  };
}

describe("the rows of the face gate", () => {
  it("say what is missing: the face, the second light, a better one, or nothing", () => {
    expect(needOf(row("Aziza", { enrolledAt: null, lights: 0 }))).toBe("enrol");
    expect(needOf(row("Aziza", { lights: 1, needsTopUp: true }))).toBe("second");
    expect(needOf(row("Aziza", { needsTopUp: true }))).toBe("topUp");
    expect(needOf(row("Aziza"))).toBeNull();
  });

  it("ask nothing of somebody who left", () => {
    expect(needOf(row("Aziza", { active: false, enrolledAt: null, lights: 0 }))).toBeNull();
  });

  it("begin with those who are refused, and end with those who left", () => {
    const rows = [
      row("Left", { active: false }),
      row("Well"),
      row("Stranger", { enrolledAt: null, lights: 0 }),
      row("Dim", { lights: 1 }),
      row("Refused", { needsTopUp: true }),
      row("Also well"),
    ];
    expect(worstFirst(rows).map(({ name }) => name)).toEqual(["Refused", "Dim", "Stranger", "Also well", "Well", "Left"]);
  });

  it("count how often somebody vouched", () => {
    const methods = [
      { method: "face", today: 30, month: 800 },
      { method: "vouched_face", today: 1, month: 9 },
      { method: "vouched_password", today: 0, month: 3 },
    ];
    expect(vouchedOf(methods, "month")).toEqual({ vouched: 12, all: 812 });
    expect(vouchedOf(methods, "today")).toEqual({ vouched: 1, all: 31 });
  });
});
