import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ewmaPath, ewmaVolatility } from "#src/metrics/ewma-volatility.ts";
import { reference, relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const log = Object.freeze(reference.returns.log);
const seedOf = (n: number, size: number): readonly number[] => series(n, (i) => (i % 2 === 0 ? size : -size));

describe("ewmaPath", () => {
  it("agrees with pandas' ewm to 1e-10, from the seed to the forecast after the last return", () => {
    const path = ewmaPath(log);
    expect(path).toHaveLength(log.length + 1);
    const values = path.slice(30).map((value) => value ?? Number.NaN);
    expect(relativeGap(values, reference.volatility.ewma)).toBeLessThan(1e-10);
  });

  // Thirty returns of ±1 % seed 1e-4; then 0.94·1e-4 + 0.06·(2 %)² and 0.94 of that, as the last return is 0.
  it("is by hand", () => {
    const path = ewmaPath([...seedOf(30, 0.01), 0.02, 0]);
    const second = 0.94 * 1e-4 + 0.06 * 4e-4;
    expect(path.slice(0, 30)).toEqual(series(30, 0).map(() => null));
    expect(path[30]).toBeCloseTo(0.01, 15);
    expect(path[31]).toBeCloseTo(Math.sqrt(second), 15);
    expect(path[32]).toBeCloseTo(Math.sqrt(0.94 * second), 15);
    expect(path).toHaveLength(33);
  });

  it("needs 30 returns for its seed: with 30 it is there, with 29 not", () => {
    expect(ewmaPath(seedOf(30, 0.01)).at(-1)).toBeCloseTo(0.01, 15);
    expect(ewmaPath(seedOf(29, 0.01))).toEqual(series(30, 0).map(() => null));
    expect(ewmaPath([])).toEqual([null]);
    expect(ewmaPath([0.01])).toEqual([null, null]);
  });

  it("is zero while nothing moves", () => {
    expect(ewmaPath(series(31, 0)).slice(30)).toEqual([0, 0]);
  });
});

describe("ewmaVolatility", () => {
  it("is the last element, a year", () => {
    const found = ewmaVolatility(log);
    expect(found).toMatchObject({ status: "ok", n: log.length, reasons: [] });
    const last = reference.volatility.ewma.at(-1) ?? 0;
    expect(relativeGap([found.value ?? 0], [last * Math.sqrt(252)])).toBeLessThan(1e-10);
  });

  it("needs 30 returns, and says so with 29, one or none", () => {
    expect(ewmaVolatility(seedOf(30, 0.01)).value).toBeCloseTo(0.01 * Math.sqrt(252), 14);
    for (const have of [29, 1, 0]) {
      expect(ewmaVolatility(seedOf(have, 0.01))).toEqual({
        status: "insufficient",
        value: null,
        n: have,
        reasons: [{ code: "too-few", need: 30, have }],
      });
    }
  });

  // G1: no bare NaN or infinity leaves a metric; here both do, with the status ok.
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d, in the seed and after it", (bad) => {
    for (const at of [5, 35])
      expect(() => ewmaVolatility(seedOf(40, 0.01).with(at, bad))).toThrow(RangeError);
  });
});

describe("laws of the exponentially weighted volatility", () => {
  const ret = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 10_000);
  const returns = fc.array(ret, { minLength: 30, maxLength: 80 }).map((r) => Object.freeze(r));

  it("is not changed by later returns, not by a bit; the later elements are", () => {
    fc.assert(
      fc.property(returns, returns, (r, later) => {
        const whole = ewmaPath([...r, ...later]);
        expect(whole.slice(0, r.length + 1)).toEqual(ewmaPath(r));
        expect(whole).toHaveLength(r.length + later.length + 1);
      }),
      seeded,
    );
  });

  it("forecasts a day without that day's return, and the next day with it", () => {
    fc.assert(
      fc.property(returns, (r) => {
        const t = r.length - 1;
        const shocked = ewmaPath(r.with(t, 0.9));
        expect(shocked.slice(30, t + 1)).toEqual(ewmaPath(r).slice(30, t + 1));
        expect(shocked[t + 1] ?? 0).toBeGreaterThan(ewmaPath(r)[t + 1] ?? 9);
      }),
      seeded,
    );
  });

  it("grows with the size of the returns and ignores their sign", () => {
    fc.assert(
      fc.property(returns, (r) => {
        const own = ewmaVolatility(r).value ?? Number.NaN;
        expect(ewmaVolatility(r.map((x) => -x)).value).toBe(own);
        expect(ewmaVolatility(r.map((x) => x * 4)).value).toBe(own * 4);
      }),
      seeded,
    );
  });

  it("is the weighted sum of squares, written out", () => {
    fc.assert(
      fc.property(returns, (r) => {
        const seed = r.slice(0, 30).reduce((sum, x) => sum + x ** 2, 0) / 30;
        const after = r.slice(30);
        const weights = after.map((_, i) => 0.06 * 0.94 ** (after.length - 1 - i));
        const sum = after.reduce(
          (total, x, i) => total + (weights[i] ?? 0) * x ** 2,
          seed * 0.94 ** after.length,
        );
        expect(ewmaPath(r).at(-1)).toBeCloseTo(Math.sqrt(sum), 12);
      }),
      seeded,
    );
  });
});
