import { describe, expect, it } from "vitest";

import { particulars } from "@/features/audit/particulars";

describe("the particulars of an entry", () => {
  it("are told as a line", () => {
    expect(particulars('{"reason":"a mistake","quantity":3}')).toBe("reason: a mistake, quantity: 3");
  });

  it("leave out what is empty", () => {
    expect(particulars('{"note":null,"name":"","role":"admin"}')).toBe("role: admin");
    expect(particulars("{}")).toBe("");
  });

  it("stay as they are when they are no object", () => {
    expect(particulars("not JSON")).toBe("not JSON");
    expect(particulars("[1]")).toBe("[1]");
  });
});
