import { describe, expect, it } from "vitest";
import { tailOf } from "#src/sections/tail.ts";

describe("the tail of a value", () => {
  it.each([
    [2, 3 / 5],
    [-1, 2 / 5],
    [4, 1 / 5],
    [0, 4 / 5],
  ])("counts itself and what was at least as extreme on its side: %d", (value, tail) => {
    expect(tailOf([3, 2, 1, -5], value)).toEqual({ tail, sample: 5 });
  });

  it("of nothing is one", () => {
    expect(tailOf([], 2)).toEqual({ tail: 1, sample: 1 });
  });
});
