import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rollingCovariance, rollingMean, rollingVariance } from "#src/metrics/rolling.ts";
import reference from "#tests/fixtures/reference/rolling.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

type Path = readonly (number | null)[];

/** The largest difference, in units of `size`; infinite where one has a value and the other has none. */
const gap = (actual: Path, expected: Path, size: (t: number) => number): number =>
  actual.length !== expected.length
    ? Number.POSITIVE_INFINITY
    : Math.max(
        ...actual.map((a, t) => {
          const e = expected[t] ?? null;
          if (a === null || e === null) return a === e ? 0 : Number.POSITIVE_INFINITY;
          return Math.abs(a - e) / size(t);
        }),
      );
const each = [
  ["mean", (x: Path, w: number) => rollingMean(x, w)],
  ["variance", (x: Path, w: number) => rollingVariance(x, w)],
  ["covariance", (x: Path, w: number) => rollingCovariance(x, [...x.slice(1), 0.5], w)],
] as const;

describe("rolling moments against pandas", () => {
  const { x, y, rows } = reference.calm;
  it.each(rows)("window $window, values missing, to 1e-13 of a return of 1 %", (row) => {
    expect(gap(rollingMean(x, row.window), row.mean, () => 0.01)).toBeLessThan(1e-13);
    expect(gap(rollingVariance(x, row.window), row.variance, () => 1e-4)).toBeLessThan(1e-12);
    expect(gap(rollingCovariance(x, y, row.window), row.covariance, () => 1e-4)).toBeLessThan(1e-12);
  });
});

describe("rolling moments after shocks, against exact fractions", () => {
  it.each(reference.harsh)("window $window", ({ window, x, y, mean, variance, covariance }) => {
    const varianceY = rollingVariance(y, window);
    const deviation = (t: number) => Math.sqrt(variance[t] ?? 1);
    expect(gap(rollingMean(x, window), mean, (t) => deviation(t) + Math.abs(mean[t] ?? 0))).toBeLessThan(
      1e-12,
    );
    expect(gap(rollingVariance(x, window), variance, (t) => variance[t] ?? 1)).toBeLessThan(1e-11);
    const size = (t: number) => deviation(t) * Math.sqrt(varianceY[t] ?? 1);
    expect(gap(rollingCovariance(x, y, window), covariance, size)).toBeLessThan(1e-11);
  });

  it("never gives a negative variance", () => {
    const spikes = series(400, (t) => (t % 37 === 0 ? 1e12 : Math.sin(t)));
    for (const window of [2, 5, 20])
      for (const value of rollingVariance(spikes, window)) expect(value ?? 0).toBeGreaterThanOrEqual(0);
  });
});

describe("rolling moments", () => {
  it("are by hand", () => {
    expect(rollingMean([1, 3, 8], 2)).toEqual([null, 2, 5.5]);
    expect(rollingVariance([1, 3, 8], 2)).toEqual([null, 2, 12.5]);
    expect(rollingCovariance([1, 3, 8], [2, 1, 1], 2)).toEqual([null, -1, 0]);
    expect(rollingMean([1, 3], 1)).toEqual([1, 3]);
  });

  it("has no window before the first whole one, nor one with a value missing", () => {
    const holed = [1, 2, null, 4, 5, 7];
    expect(rollingMean(holed, 2)).toEqual([null, 1.5, null, null, 4.5, 6]);
    expect(rollingCovariance([1, 2, 3, 4], [1, null, 3, 5], 2)).toEqual([null, null, null, 1]);
    expect(rollingMean([1, 2], 3)).toEqual([null, null]);
    expect(rollingMean([], 3)).toEqual([]);
  });

  it("is exactly 0 of equal values, whatever came before, and moves again after them", () => {
    const path = rollingVariance([1e9, 5, 0.1, 0.1, 0.1, 0.1, 0.3], 3);
    expect(path.slice(4, 6)).toEqual([0, 0]);
    expect(path[6]).toBeCloseTo(0.04 / 3, 15);
    expect(rollingMean([7, 0.1, 0.1, 0.1], 3)[3]).toBe(0.1);
  });

  it("refuses windows and series that are none", () => {
    for (const window of [0, -1, 1.5, Number.NaN])
      expect(() => rollingMean([1, 2], window)).toThrow(RangeError);
    expect(() => rollingVariance([1, 2], 1)).toThrow(/2 or more/);
    expect(() => rollingCovariance([1, 2], [1], 2)).toThrow(/equal lengths/);
    for (const [, path] of each) {
      expect(() => path([1, Number.NaN, 3], 2)).toThrow(RangeError);
      expect(() => path([1, 2, Number.POSITIVE_INFINITY], 2)).toThrow(RangeError);
    }
    expect(() => rollingVariance([1e200, -1e200, 3], 2)).toThrow(/squares a double can hold/);
  });
});

describe("laws of rolling moments", () => {
  const value = fc.option(
    fc.integer({ min: -500, max: 500 }).map((n) => n / 100),
    { freq: 12 },
  );
  const path = fc.array(value, { minLength: 30, maxLength: 90 }).map((x) => Object.freeze(x));
  const window = fc.integer({ min: 2, max: 9 });

  it.each(each)("%s: a longer series begins with the same bits", (_, of) => {
    fc.assert(
      fc.property(path, window, fc.nat(20), (x, w, more) => {
        const until = x.length - more - 1;
        expect(of(x, w).slice(0, until)).toEqual(of(x.slice(0, until + 1), w).slice(0, until));
      }),
      seeded,
    );
  });

  it.each(each)("%s: a change shows in the windows that hold it", (_, of) => {
    const x = series(40, (t) => Math.sin(t));
    const changed = of(x.with(20, 5), 6).map((v, t) => v !== of(x, 6)[t]);
    expect(changed.slice(0, 19)).not.toContain(true);
    expect(changed[20]).toBe(true);
    expect(changed[25]).toBe(true);
  });

  it("add an origin to the mean and none to the variance; take the unit squared", () => {
    fc.assert(
      fc.property(path, window, (x, w) => {
        const moved = x.map((v) => (v === null ? null : 2 * v + 64));
        const [mean, variance] = [rollingMean(x, w), rollingVariance(x, w)];
        const doubled = (add: number, by: number) => (v: number | null) => (v === null ? null : add + by * v);
        expect(gap(rollingMean(moved, w), mean.map(doubled(64, 2)), () => 1)).toBeLessThan(1e-12);
        expect(gap(rollingVariance(moved, w), variance.map(doubled(0, 4)), () => 1)).toBeLessThan(1e-11);
      }),
      seeded,
    );
  });

  it("covariance is symmetric, and at most the geometric mean of the variances", () => {
    fc.assert(
      fc.property(path, window, (x, w) => {
        const y = x.toReversed();
        const both = rollingCovariance(x, y, w);
        expect(rollingCovariance(y, x, w)).toEqual(both);
        const [a, b] = [rollingVariance(x, w), rollingVariance(y, w)];
        for (const [t, c] of both.entries())
          if (c !== null) expect(c ** 2).toBeLessThanOrEqual((a[t] ?? 0) * (b[t] ?? 0) + 1e-9);
      }),
      seeded,
    );
  });
});
