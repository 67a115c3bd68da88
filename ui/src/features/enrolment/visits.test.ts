import { describe, expect, it } from "vitest";

import { visitAsked, visitsFor } from "@/features/enrolment/visits";

describe("the visits before the camera", () => {
  it("begin with the first, and offer nothing else to a stranger", () => {
    expect(visitsFor(0)).toEqual(["first"]);
    expect(visitAsked("topUp", 0)).toBe("first");
  });

  it("want the second light before anything else", () => {
    expect(visitAsked(null, 1)).toBe("second");
  });

  it("top up whom two lights know already, and never ask for a third visit", () => {
    expect(visitAsked(null, 2)).toBe("topUp");
    expect(visitsFor(2)).not.toContain("second");
  });

  it("follow the address where it makes sense", () => {
    expect(visitAsked("first", 2)).toBe("first");
    expect(visitAsked("nonsense", 1)).toBe("second");
  });
});
