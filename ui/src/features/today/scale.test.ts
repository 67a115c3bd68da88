import { describe, expect, it } from "vitest";

import { scaledSum } from "@/features/today/scale";

describe("a sum on a tile", () => {
  it("stays whole while it is short", () => {
    expect(scaledSum("0")).toEqual({ amount: "0", unit: "one" });
    expect(scaledSum("9999999.99")).toEqual({ amount: "9999999", unit: "one" });
  });

  it("is said in millions with one digit behind the point", () => {
    expect(scaledSum("1284600000.00")).toEqual({ amount: "1284.6", unit: "million" });
    expect(scaledSum("12000000")).toEqual({ amount: "12", unit: "million" });
  });

  it("is said in billions when millions are too many to read", () => {
    expect(scaledSum("12345678900000")).toEqual({ amount: "12345.6", unit: "billion" });
  });

  it("keeps its sign", () => {
    expect(scaledSum("-45600000")).toEqual({ amount: "-45.6", unit: "million" });
  });
});
