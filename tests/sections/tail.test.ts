import { describe, expect, it } from "vitest";
import { tailOf, tailOfOverlapping } from "#src/sections/tail.ts";
import { times } from "#tests/sections/days.ts";

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

describe("the tail of overlapping windows", () => {
  const history = times(760, 0).map((_, i) => i);

  it("is never under one in as many as do not overlap", () => {
    expect(tailOfOverlapping(history, 1000, 20)).toEqual({ tail: 1 / 38, sample: 38 });
    expect(tailOfOverlapping(history, 700, 20)).toEqual({ tail: 61 / 761, sample: 38 });
  });

  it("of less than a window is one", () => {
    expect(tailOfOverlapping([1, 2], 3, 20)).toEqual({ tail: 1, sample: 1 });
  });
});
