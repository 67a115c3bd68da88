import { describe, expect, it } from "vitest";

import { PICTURE_LIMIT_BYTES, pictureProblem, sentSize } from "@/features/product/picture";

describe("a product's picture", () => {
  it("is refused when the file is too large or no picture", () => {
    expect(pictureProblem({ size: PICTURE_LIMIT_BYTES, type: "image/jpeg" })).toBeNull();
    expect(pictureProblem({ size: PICTURE_LIMIT_BYTES + 1, type: "image/jpeg" })).toBe("tooLarge");
    expect(pictureProblem({ size: 10, type: "application/pdf" })).toBe("wrongType");
  });

  it("is sent no larger than the worker's screen needs, in its own shape", () => {
    expect(sentSize(4000, 3000)).toEqual({ width: 1280, height: 960 });
    expect(sentSize(600, 800)).toEqual({ width: 600, height: 800 });
    expect(sentSize(100_000, 1)).toEqual({ width: 1280, height: 1 });
  });
});
