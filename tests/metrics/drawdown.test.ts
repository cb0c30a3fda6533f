import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawdownPath, maxDrawdown } from "#src/metrics/drawdown.ts";
import events from "#tests/fixtures/reference/events.json" with { type: "json" };
import paths from "#tests/fixtures/reference/paths.json" with { type: "json" };
import { relativeGap, seeded, series, weekdaysFrom } from "#tests/metrics/returns-reference.ts";

const days = weekdaysFrom("2024-01-01", 400);
const of = (values: readonly number[], options = {}) =>
  maxDrawdown(days.slice(0, values.length), values, options);

describe("drawdown against pandas and tseries", () => {
  it.each(events.drawdowns)("path, days and lengths: $depth", ({ values, path, dates, ...row }) => {
    const found = maxDrawdown(dates, values);
    expect(found).toMatchObject({ status: "ok", n: values.length, reasons: [] });
    expect(relativeGap(drawdownPath(values), path)).toBeLessThan(1e-12);
    const { depth, current, ...rest } = row;
    expect(found.value).toMatchObject(rest);
    expect(relativeGap([found.value?.depth ?? 9, found.value?.current ?? 9], [depth, current])).toBeLessThan(
      1e-12,
    );
  });

  it.each(paths.drawdown)(
    "depth, peak and trough of maxdrawdown: $depth",
    ({ values, depth, peak, trough }) => {
      const { value } = of(values);
      expect(value?.depth).toBeCloseTo(depth, 12);
      expect(value).toMatchObject({ peakDate: days[peak], troughDate: days[trough] });
    },
  );

  // Closes about the deepest fall of the Dow Jones Industrial Average in 1980 to 1989, and the first above its peak.
  it("of the Dow Jones in the 1980s is −36.1326 % on 1987-10-19", () => {
    const dates = ["1987-08-24", "1987-08-25", "1987-10-16", "1987-10-19", "1987-10-20", "1989-08-24"];
    const closes = [2697.07, 2722.42, 2246.74, 1738.74, 1841.01, 2734.64];
    const found = maxDrawdown(dates, closes, { sessions: () => 6 });
    expect(100 * (found.value?.depth ?? 0)).toBeCloseTo(-36.1326, 4);
    expect(found.value).toMatchObject({
      peakDate: "1987-08-25",
      troughDate: "1987-10-19",
      recoveryDate: "1989-08-24",
    });
  });
});

describe("maxDrawdown", () => {
  it("is by hand", () => {
    expect(of([100, 120, 90, 110, 120, 60, 80]).value).toEqual({
      depth: -0.5,
      peakDate: days[4],
      troughDate: days[5],
      recoveryDate: null,
      duration: 2,
      underWater: 4,
      current: 80 / 120 - 1,
    });
  });

  it("of a series that never falls has no days", () => {
    expect(of([100, 100, 101]).value).toEqual({
      depth: 0,
      peakDate: null,
      troughDate: null,
      recoveryDate: null,
      duration: 0,
      underWater: 0,
      current: 0,
    });
  });

  it("names the last session at the peak, the first at the depth and the first back at the peak", () => {
    expect(of([5, 5, 4, 4, 5, 5]).value).toMatchObject({
      peakDate: days[1],
      troughDate: days[2],
      recoveryDate: days[4],
      duration: 3,
      underWater: 2,
    });
    // Of two falls of one depth the first.
    expect(of([10, 5, 10, 5]).value).toMatchObject({ troughDate: days[1], recoveryDate: days[2] });
    // Just short of the peak is not recovered.
    expect(of([10, 5, 9.999]).value?.recoveryDate).toBeNull();
  });

  it("begins where it is told", () => {
    const values = [200, 100, 120, 90];
    expect(of(values).value?.depth).toBe(-0.55);
    expect(of(values, { from: days[1] })).toMatchObject({ n: 3, value: { depth: -0.25, peakDate: days[2] } });
    // A day without a session begins with the one after it.
    expect(maxDrawdown(days.slice(0, 6), [9, 9, 9, 9, 9, 8], { from: "2024-01-06" })).toMatchObject({ n: 1 });
  });

  it("needs two values", () => {
    expect(of([5, 4]).status).toBe("ok");
    expect(of([5])).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
    expect(of([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(of([5, 4], { from: "2030-01-01" })).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("needs three quarters of the window's sessions, and warns below nine tenths", () => {
    const values = series(36, (t) => 100 - t);
    const due = (count: number) => of(values, { sessions: () => count });
    expect(due(40)).toMatchObject({ status: "ok" });
    expect(due(41)).toMatchObject({ status: "warn", reasons: [{ code: "coverage", need: 37, have: 36 }] });
    expect(due(48)).toMatchObject({ status: "warn" });
    expect(due(49)).toEqual({
      status: "insufficient",
      value: null,
      n: 36,
      reasons: [{ code: "coverage", need: 37, have: 36 }],
    });
  });

  it("does not exist for values that are not positive, if they are in the window", () => {
    for (const bad of [0, -1]) {
      expect(of([bad, 5, 4])).toMatchObject({ status: "undefined", reasons: [{ code: "not-positive" }] });
      expect(of([bad, 5, 4], { from: days[1] }).status).toBe("ok");
      expect(() => drawdownPath([5, bad])).toThrow(RangeError);
    }
  });

  it("refuses other days and what is not a number", () => {
    expect(() => maxDrawdown(days, [1, 2])).toThrow(RangeError);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => of([5, bad])).toThrow(RangeError);
      expect(() => drawdownPath([5, bad])).toThrow(RangeError);
    }
  });
});

describe("laws of drawdown", () => {
  const value = fc.integer({ min: 1, max: 4000 }).map((n) => n / 8);
  const walk = fc.array(value, { minLength: 2, maxLength: 60 }).map((x) => Object.freeze(x));

  it("is what the slowest reading of the definition says", () => {
    fc.assert(
      fc.property(walk, (x) => {
        const slow = x.map((v, t) => v / Math.max(...x.slice(0, t + 1)) - 1);
        expect(drawdownPath(x)).toEqual(slow);
        expect(of(x).value?.depth).toBe(Math.min(...slow));
        expect(of(x).value?.underWater).toBe(slow.filter((d) => d < 0).length);
      }),
      seeded,
    );
  });

  it("does not see the unit", () => {
    fc.assert(
      fc.property(walk, fc.constantFrom(0.5, 16), (x, unit) => {
        expect(of(x.map((v) => v * unit))).toEqual(of(x));
      }),
      seeded,
    );
    expect(of([10, 5].map((v) => v + 1)).value?.depth).not.toBe(of([10, 5]).value?.depth);
  });

  it("paths of a longer history begin with the same bits, and an earlier peak moves them", () => {
    fc.assert(
      fc.property(walk, walk, (x, more) => {
        expect(drawdownPath([...x, ...more]).slice(0, x.length)).toEqual(drawdownPath(x));
        expect(drawdownPath([1000, ...x]).at(-1)).not.toBe(drawdownPath(x).at(-1));
      }),
      seeded,
    );
  });
});
