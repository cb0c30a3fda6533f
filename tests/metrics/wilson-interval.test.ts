import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "#src/metrics/wilson-interval.ts";
import reference from "#tests/fixtures/reference/contradictions.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

describe("wilsonInterval", () => {
  it.each(reference.wilson)(
    "of $hits in $n at $level agrees with statsmodels",
    ({ hits, n, level, ...ends }) => {
      const { low, high } = wilsonInterval(hits / n, n, level);
      expect(Math.abs(low - ends.low)).toBeLessThan(1e-14);
      expect(Math.abs(high - ends.high)).toBeLessThan(1e-14);
    },
  );

  it("is the published one of 30 in 400", () => {
    const { low, high } = wilsonInterval(30 / 400, 400);
    expect(low.toFixed(4)).toBe("0.0530");
    expect(high.toFixed(4)).toBe("0.1050");
  });

  it("holds the share, stays in 0 to 1, and has a width at the ends", () => {
    const share = fc.integer({ min: 0, max: 1000 }).map((k) => k / 1000);
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 5000 }), (p, n) => {
        const { low, high } = wilsonInterval(p, n);
        expect(0 <= low && low <= p && p <= high && high <= 1).toBe(true);
        expect(high - low).toBeGreaterThan(0);
        const mirror = wilsonInterval(1 - p, n);
        expect(mirror.low).toBeCloseTo(1 - high, 12);
        expect(wilsonInterval(p, 4 * n).high - wilsonInterval(p, 4 * n).low).toBeLessThan(high - low);
      }),
      seeded,
    );
    expect(wilsonInterval(0, 20).low).toBe(0);
    expect(wilsonInterval(1, 20).high).toBe(1);
  });

  it("refuses what is no share, no count or no level", () => {
    for (const share of [-1e-9, 1 + 1e-9, Number.NaN])
      expect(() => wilsonInterval(share, 10)).toThrow(RangeError);
    for (const n of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => wilsonInterval(0.5, n)).toThrow(RangeError);
    for (const level of [0, 1, Number.NaN]) expect(() => wilsonInterval(0.5, 10, level)).toThrow(RangeError);
  });
});
