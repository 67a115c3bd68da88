import { describe, expect, it } from "vitest";

import { emptyDraft, inputOf, newCode, plainDecimal, problemsOf } from "@/features/product/productDraft";

const SOUND = { ...emptyDraft(null), sku: "10482", name: "Nescafé Gold 190 g", unitId: "unit-1" };

describe("the product form", () => {
  it("reads a decimal comma and grouping spaces", () => {
    expect(plainDecimal("1 250,50")).toBe("1250.50");
    expect(plainDecimal("1\u202f250,5")).toBe("1250.5");
    expect(inputOf({ ...SOUND, minStock: "2,5", price: "38 500,00" })).toMatchObject({
      minStock: "2.5",
      price: "38500.00",
    });
  });

  it("sends an empty minimum and price as none", () => {
    expect(inputOf(SOUND)).toMatchObject({ minStock: null, price: null });
  });

  it("needs an SKU, a name and a unit", () => {
    expect(problemsOf(emptyDraft(null))).toEqual({ sku: "missing", name: "missing", unitId: "missing" });
    expect(problemsOf(SOUND)).toEqual({});
  });

  it("says which number cannot be read", () => {
    expect(problemsOf({ ...SOUND, minStock: "much", price: "1,2,3" })).toEqual({
      minStock: "notANumber",
      price: "notANumber",
    });
    expect(problemsOf({ ...SOUND, minStock: "-4" })).toEqual({ minStock: "notANumber" });
    expect(problemsOf({ ...SOUND, minStock: "0,0001", price: "1,005" })).toEqual({
      minStock: "tooManyDecimals",
      price: "tooManyDecimals",
    });
  });

  it("wants every code once, standing for more than nothing", () => {
    const codes = [newCode("4820000123457"), newCode("4820000123457"), newCode("")].map((entry, index) =>
      index === 0 ? { ...entry, quantity: "0" } : index === 1 ? { ...entry, quantity: "12" } : entry,
    );
    expect(problemsOf({ ...SOUND, codes })).toEqual({
      "codes.0.quantity": "notPositive",
      "codes.1.code": "twice",
      "codes.2.code": "missing",
    });
  });

  it("begins with the unknown code that was scanned, and then needs no label of our own", () => {
    const draft = emptyDraft("4820000123457");
    expect(draft.codes).toMatchObject([{ code: "4820000123457", quantity: "1" }]);
    expect(draft.ownLabel).toBe(false);
    expect(emptyDraft(null)).toMatchObject({ codes: [], ownLabel: true });
  });
});
