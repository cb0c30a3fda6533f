import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { winsorised } from "#src/metrics/winsorise.ts";
import { seeded } from "#tests/metrics/returns-reference.ts";

describe("winsorised", () => {
  it("draws in what is farther than five deviations, and nothing else: by hand", () => {
    // Median 0, median absolute deviation 1: the limit is 7.413.
    const values = [-1, 1, 0, -1, 1, 0, 7.412, 7.414, -100];
    expect(winsorised(values)).toEqual([...[-1, 1, 0, -1, 1, 0, 7.412], 5 * 1.4826, -5 * 1.4826]);
  });

  it("leaves values of which half are equal as they are", () => {
    expect(winsorised([2, 2, 2, 9, 100])).toEqual([2, 2, 2, 9, 100]);
    expect(winsorised([])).toEqual([]);
  });

  it("keeps the order, moves with the unit, and changes nothing the second time", () => {
    const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(numbers, (x) => {
        const drawn = winsorised(x, 2);
        expect(winsorised(drawn, 2)).toEqual(drawn);
        expect(winsorised(x.map((v) => -4 * v)).map((v) => v / -4 + 0)).toEqual(
          winsorised(x).map((v) => v + 0),
        );
        for (const [i, v] of x.entries()) {
          const [a = 0, b = 0] = [drawn[i], drawn[0]];
          expect(Math.sign(a - b) * Math.sign(v - (x[0] ?? 0))).toBeGreaterThanOrEqual(0);
        }
      }),
      seeded,
    );
  });

  it("requires finite numbers and a positive limit", () => {
    expect(() => winsorised([1, Number.NaN])).toThrow(RangeError);
    expect(() => winsorised([1], 0)).toThrow(RangeError);
  });
});
