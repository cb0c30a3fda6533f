import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { rollingBeta } from "#src/metrics/rolling-beta.ts";
import { reference } from "#tests/metrics/pair-trade-reference.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { normals } from "#tests/metrics/walks.ts";

const { long, market } = reference.returns;
const path = rollingBeta(long, market);

describe("rollingBeta", () => {
  it("is the slope of least squares over every window, growing from 120 to 252 returns", () => {
    for (const t of [119, 120, 200, 250, 251, 252, 400, 850]) {
      const window = (r: readonly number[]) => r.slice(Math.max(0, t - 251), t + 1);
      const fit = leastSquares([series(window(market).length, 1), window(market)], window(long)).value;
      expect(path[t]).toBeCloseTo(fit?.coefficients[1] ?? 99, 11);
    }
  });

  it("needs 120 returns: 120 are enough, 119 are not", () => {
    expect(path).toHaveLength(851);
    expect(path[118]).toBeNull();
    expect(path.slice(119).every((beta) => beta !== null)).toBe(true);
    expect(rollingBeta([], [])).toEqual([]);
  });

  it("takes other windows, also without growing", () => {
    const short = rollingBeta(long, market, { window: 20, min: 20 });
    expect(short.findIndex((beta) => beta !== null)).toBe(19);
    expect(rollingBeta(long, market, { window: 20, min: 5 }).slice(19)).toEqual(short.slice(19));
  });

  it("does not exist where the market did not move", () => {
    const still = market.map((m, t) => (t < 130 || (t >= 300 && t < 560) ? 0.001 : m));
    const found = rollingBeta(long, still);
    expect(found[129]).toBeNull();
    expect(found[130]).not.toBeNull();
    expect(found[550]).not.toBeNull();
    expect(found[551]).toBeNull();
    expect(found[560]).not.toBeNull();
  });

  it("throws for what is no series of returns", () => {
    expect(() => rollingBeta([0.1], [])).toThrow(RangeError);
    expect(() => rollingBeta([Number.NaN], [0.1])).toThrow(RangeError);
    expect(() => rollingBeta([0.1], [Number.POSITIVE_INFINITY])).toThrow(RangeError);
    expect(() => rollingBeta(long, market, { window: 100 })).toThrow(RangeError);
    expect(() => rollingBeta(long, market, { window: 100, min: 1 })).toThrow(RangeError);
  });

  it("of a multiple of the market and a constant is that multiple", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.constantFrom(-1.5, 0, 0.7, 3),
        fc.constantFrom(-0.01, 0, 0.02),
        (seed, beta, alpha) => {
          const m = normals(seed, 60).map((e) => 0.01 * e);
          const found = rollingBeta(
            m.map((r) => alpha + beta * r),
            m,
            { window: 30, min: 10 },
          );
          for (const each of found.slice(9)) expect(each).toBeCloseTo(beta, 9);
        },
      ),
      { ...seeded, numRuns: 50 },
    );
  });

  it("says the same of a day whatever comes after it, to the bit", () => {
    for (const cut of [119, 130, 251, 252, 600])
      expect(rollingBeta(long.slice(0, cut), market.slice(0, cut))).toEqual(path.slice(0, cut));
  });

  it("and something else after a change on the day itself", () => {
    for (const t of [130, 600]) {
      const changed = rollingBeta(long.with(t, 0.1), market);
      expect(changed[t]).not.toBe(path[t]);
      expect(changed[t - 1]).toBe(path[t - 1]);
    }
  });
});
