import { describe, expect, it } from "vitest";

import { fileSize } from "@/features/backup/size";

describe("a file's size", () => {
  it("is said in the unit that keeps it short", () => {
    expect(fileSize("0")).toEqual(["0", "B"]);
    expect(fileSize("1023")).toEqual(["1023", "B"]);
    expect(fileSize("1843200")).toEqual(["1.8", "MB"]);
    expect(fileSize("2097152")).toEqual(["2", "MB"]);
    expect(fileSize("157286400")).toEqual(["150", "MB"]);
    expect(fileSize("5368709120000")).toEqual(["5000", "GB"]);
  });
});
