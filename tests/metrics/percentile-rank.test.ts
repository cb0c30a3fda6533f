import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { reference, seeded, series } from "#tests/metrics/returns-reference.ts";

const historyOf = (n: number): readonly number[] =>
  Object.freeze(reference.percentiles.histories.find((history) => history.length === n) ?? []);
const ascending = series(60, (i) => i);

describe("percentileRank", () => {
  it.each(reference.percentiles.rows)(
    "agrees with scipy's percentileofscore(kind=mean): n %i, value %d",
    (n, value, expected) => {
      const found = percentileRank(historyOf(n ?? 0), value ?? Number.NaN);
      expect(found).toMatchObject({ status: "ok", n, reasons: [] });
      expect(Math.abs((found.value ?? 999) - (expected ?? 0))).toBeLessThan(1e-12);
    },
  );

  it.each([
    ["above all", 60, 100],
    ["below all", -1, 0],
    ["equal to the largest", 59, (100 * 59.5) / 60],
    ["equal to the smallest", 0, (100 * 0.5) / 60],
    ["in the middle between two", 29.5, 50],
  ])("is by hand, %s: %d", (_, value, expected) => {
    expect(percentileRank(ascending, value).value).toBeCloseTo(expected, 12);
  });

  it("is 50 where every value is the same, and jumps where the value is the least bit off", () => {
    const flat = series(60, 0.1);
    expect(percentileRank(flat, 0.1).value).toBe(50);
    expect(percentileRank(flat, 0.1 + Number.EPSILON).value).toBe(100);
    expect(percentileRank(flat, 0.1 - Number.EPSILON).value).toBe(0);
  });

  it("needs 60 values: 60 are enough, 59 are not", () => {
    expect(percentileRank(ascending, 0).status).toBe("ok");
    expect(percentileRank(ascending.slice(1), 0)).toEqual({
      status: "insufficient",
      value: null,
      n: 59,
      reasons: [{ code: "too-few", need: 60, have: 59 }],
    });
    expect(percentileRank([], 0)).toMatchObject({ status: "insufficient", n: 0 });
    expect(percentileRank([1], 0)).toMatchObject({ status: "insufficient", n: 1 });
  });

  it("warns below the preferred history: 756 to 2519 values, where 756 and 2520 are asked for", () => {
    const need = { min: 756, preferred: 2520 };
    const rank = (n: number) =>
      percentileRank(
        series(n, (i) => i),
        n,
        need,
      );
    expect(rank(755).status).toBe("insufficient");
    expect(rank(756)).toEqual({
      status: "warn",
      value: 100,
      n: 756,
      reasons: [{ code: "short-history", need: 2520, have: 756 }],
    });
    expect(rank(2519).status).toBe("warn");
    expect(rank(2520)).toMatchObject({ status: "ok", reasons: [] });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %d", (bad) => {
    expect(() => percentileRank(ascending, bad)).toThrow(RangeError);
    expect(() => percentileRank(ascending.with(59, bad), 1)).toThrow(RangeError);
    expect(() => percentileRank([bad], 1)).toThrow(RangeError);
  });

  // G1: 0 / 0 leaves the metric as NaN where a caller asks for no history at all.
  it("has no value without a history, whatever is asked for", () => {
    expect(percentileRank([], 1, { min: 0, preferred: 0 }).value).toBeNull();
  });
});

describe("laws of percentileRank", () => {
  const value = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -20, max: 20, noNaN: true }));
  const history = fc.array(value, { minLength: 60, maxLength: 120 }).map((h) => Object.freeze(h));
  const rank = (h: readonly number[], x: number): number => percentileRank(h, x).value ?? Number.NaN;

  it("lies in 0 to 100, and reaches both ends", () => {
    fc.assert(
      fc.property(history, value, (h, x) => {
        expect(rank(h, x)).toBeGreaterThanOrEqual(0);
        expect(rank(h, x)).toBeLessThanOrEqual(100);
        expect([rank(h, -21), rank(h, 21)]).toEqual([0, 100]);
      }),
      seeded,
    );
  });

  it("never falls with the value, and rises where a value of the history is passed", () => {
    fc.assert(
      fc.property(history, value, value, (h, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(rank(h, low)).toBeLessThanOrEqual(rank(h, high));
        const passed = h[0] ?? 0;
        expect(rank(h, passed - 1)).toBeLessThan(rank(h, passed + 1));
      }),
      seeded,
    );
  });

  it("agrees with the definition, pair by pair", () => {
    fc.assert(
      fc.property(history, value, (h, x) => {
        let halves = 0;
        for (const past of h) halves += past < x ? 2 : past === x ? 1 : 0;
        expect(rank(h, x)).toBeCloseTo((50 * halves) / h.length, 11);
      }),
      seeded,
    );
  });

  it("sees neither the order of the history nor the unit, and turns over with the sign", () => {
    fc.assert(
      fc.property(history, value, (h, x) => {
        expect(rank(h.toReversed(), x)).toBe(rank(h, x));
        const scaled = h.map((v) => v * 4);
        expect(rank(scaled, x * 4)).toBe(rank(h, x));
        const negated = h.map((v) => -v);
        expect(rank(negated, -x)).toBeCloseTo(100 - rank(h, x), 10);
      }),
      seeded,
    );
  });
});
