import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthlyStanding } from "#src/metrics/monthly-standing.ts";
import { multipleDiscountPath } from "#src/metrics/multiple-discount.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { day, seeded } from "#tests/metrics/returns-reference.ts";

describe("multipleDiscountPath", () => {
  it("is one multiple over the other, less one", () => {
    const path = multipleDiscountPath([0.9, 3.3, null, 2, 2, 0, -1], [3, 3, 2, null, 0, 2, 2]);
    expect(path[0]).toBeCloseTo(-0.7, 14);
    expect(path[1]).toBeCloseTo(0.1, 14);
    expect(path.slice(2)).toEqual([null, null, null, null, null]);
    expect(multipleDiscountPath([], [])).toEqual([]);
  });

  it("is a discount where the inverse is a premium, and sees either multiple", () => {
    const multiple = fc.integer({ min: 500, max: 1e5 }).map((k) => k / 1000);
    fc.assert(
      fc.property(multiple, multiple, (a, b) => {
        const [there] = multipleDiscountPath([a], [b]);
        const [back] = multipleDiscountPath([b], [a]);
        expect((1 + (there ?? 9)) * (1 + (back ?? 9))).toBeCloseTo(1, 12);
        expect(multipleDiscountPath([a * 1.01], [b])[0]).toBeGreaterThan(there ?? 9e9);
        expect(multipleDiscountPath([a], [b * 1.01])[0]).toBeLessThan(there ?? -9);
      }),
      seeded,
    );
  });

  it("has a standing in its own month-ends", () => {
    const days = reference.days.map(day);
    const path = multipleDiscountPath(
      reference.values,
      reference.values.map(() => 16),
    );
    const [own, of] = [monthlyStanding(days, reference.values), monthlyStanding(days, path)];
    expect(of.value?.windows.map((w) => w.value?.percentile)).toEqual(
      own.value?.windows.map((w) => w.value?.percentile),
    );
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => multipleDiscountPath([1], [])).toThrow(RangeError);
    expect(() => multipleDiscountPath([Number.NaN], [1])).toThrow(RangeError);
    expect(() => multipleDiscountPath([1], [Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });
});
