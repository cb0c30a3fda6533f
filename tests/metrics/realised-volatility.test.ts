import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realisedVolatility, realisedVolatilityPath } from "#src/metrics/realised-volatility.ts";
import { reference, relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const log = Object.freeze(reference.returns.log);
const expected = reference.volatility;
const zigzag = (n: number): readonly number[] => series(n, (i) => (i % 2 === 0 ? 0.01 : -0.01));
const windows = [20, 60, 252] as const;

describe("realisedVolatility", () => {
  it.each(windows)("agrees with pandas to 1e-10 over %i returns", (window) => {
    const plain = realisedVolatility(log, { window });
    expect(plain).toMatchObject({ status: "ok", n: window, reasons: [] });
    expect(relativeGap([plain.value ?? 0], [expected.last[window]])).toBeLessThan(1e-10);
    const zero = realisedVolatility(log, { window, zeroMean: true });
    expect(relativeGap([zero.value ?? 0], [expected.zeroMean[window]])).toBeLessThan(1e-10);
  });

  it("takes 20 returns and removes their mean unless told otherwise", () => {
    expect(realisedVolatility(log)).toEqual(realisedVolatility(log, { window: 20, zeroMean: false }));
    expect(realisedVolatility(log).value).not.toBe(realisedVolatility(log, { zeroMean: true }).value);
  });

  // Twenty returns of ±1 %: squares 20·1e-4, mean 0.
  it("is by hand", () => {
    expect(realisedVolatility(zigzag(20)).value).toBeCloseTo(Math.sqrt((252 / 19) * 20e-4), 14);
    expect(realisedVolatility(zigzag(20), { zeroMean: true }).value).toBeCloseTo(0.01 * Math.sqrt(252), 14);
  });

  it("sees the last returns of the window, and nothing before them", () => {
    expect(realisedVolatility([9, -9, ...zigzag(20)])).toEqual(realisedVolatility(zigzag(20)));
    expect(realisedVolatility([...zigzag(19), 0.5]).value).toBeGreaterThan(1);
  });

  it.each([
    [20, 15],
    [60, 45],
    [252, 189],
    [10, 8],
  ])("needs three quarters of a window of %i: %i returns, not one less", (window, least) => {
    expect(realisedVolatility(zigzag(least), { window })).toMatchObject({
      status: "warn",
      n: least,
      reasons: [{ code: "short-window", need: window, have: least }],
    });
    expect(realisedVolatility(zigzag(least - 1), { window })).toEqual({
      status: "insufficient",
      value: null,
      n: least - 1,
      reasons: [{ code: "too-few", need: least, have: least - 1 }],
    });
  });

  it("agrees with pandas on 15 of 20", () => {
    expect(
      relativeGap([realisedVolatility(log.slice(0, 15)).value ?? 0], [expected.first15Of20]),
    ).toBeLessThan(1e-10);
  });

  it("warns below the whole window, and not at it", () => {
    expect(realisedVolatility(zigzag(19)).status).toBe("warn");
    expect(realisedVolatility(zigzag(20)).status).toBe("ok");
    expect(realisedVolatility([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(realisedVolatility([0.01])).toMatchObject({ status: "insufficient", n: 1 });
  });

  it("is zero, with a warning, for a price that did not move, and no longer once it moved at all", () => {
    for (const zeroMean of [false, true]) {
      expect(realisedVolatility(series(20, 0), { zeroMean })).toEqual({
        status: "warn",
        value: 0,
        n: 20,
        reasons: [{ code: "no-movement" }],
      });
      expect(realisedVolatility(series(20, 0).with(7, 1e-9), { zeroMean }).status).toBe("ok");
    }
  });

  // A price that rises evenly did move, though its deviation is zero: all twenty returns are exactly a half.
  it("does not say of a price that rose evenly that it did not move", () => {
    expect(realisedVolatility(series(20, 0.5)).reasons).not.toContainEqual({ code: "no-movement" });
  });

  // 3.0: between the minimum and the whole window the value carries a warning with n, a flat price included.
  it("keeps the warning of the short window for a price that did not move", () => {
    expect(realisedVolatility(series(15, 0)).reasons).toContainEqual({
      code: "short-window",
      need: 20,
      have: 15,
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "refuses %d inside the window",
    (bad) => {
      for (const zeroMean of [false, true])
        expect(() => realisedVolatility(zigzag(20).with(3, bad), { zeroMean })).toThrow(RangeError);
    },
  );
});

describe("realisedVolatilityPath", () => {
  const path = realisedVolatilityPath(log);

  it("agrees with pandas' rolling to 1e-10, and is not there before the first full window", () => {
    expect(path).toHaveLength(log.length);
    expect(path.slice(0, 19)).toEqual(series(19, 0).map(() => null));
    expect(
      relativeGap(
        path.slice(19).map((value) => value ?? Number.NaN),
        expected.path20,
      ),
    ).toBeLessThan(1e-10);
  });

  it("is empty, or all missing, for fewer returns than the window", () => {
    expect(realisedVolatilityPath([])).toEqual([]);
    expect(realisedVolatilityPath(zigzag(19))).toEqual(series(19, 0).map(() => null));
    expect(realisedVolatilityPath(zigzag(20)).at(-1)).not.toBeNull();
    expect(realisedVolatilityPath(series(20, 0)).at(-1)).toBe(0);
  });

  it("is exactly 0 for equal returns after any others, and missing wherever a return is", () => {
    const flat = realisedVolatilityPath([...log.slice(0, 30), ...series(25, 0.003), ...log.slice(30, 60)]);
    expect(flat.slice(49, 55)).toEqual(series(6, 0));
    expect(flat[48]).toBeGreaterThan(0);
    expect(flat[55]).toBeGreaterThan(0);
    const gap = realisedVolatilityPath(log.map((r, t) => (t === 40 ? null : r)));
    expect(gap.slice(40, 60)).toEqual(Array.from({ length: 20 }, () => null));
    expect(gap[60]).toBeCloseTo(path[60] ?? 0, 14);
  });

  it("stays above 0 where a leap leaves hardly any movement behind", () => {
    const still = realisedVolatilityPath([0.1, -0.1, ...series(60, (i) => 1e-9 * (1 + (i % 2) * 1e-6))]);
    expect(still.every((value) => value === null || value >= 0)).toBe(true);
  });

  // G1: no bare NaN leaves a metric.
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (bad) => {
    expect(() => realisedVolatilityPath(zigzag(25).with(22, bad))).toThrow(RangeError);
  });
});

describe("laws of realised volatility", () => {
  const ret = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 10_000);
  const returns = fc.array(ret, { minLength: 20, maxLength: 60 }).map((r) => Object.freeze(r));
  const value = (r: readonly number[], zeroMean = false): number =>
    realisedVolatility(r, { zeroMean }).value ?? Number.NaN;

  // The path slides its sums along, the single value makes its own.
  it("is the last element of the path for every day", () => {
    fc.assert(
      fc.property(returns, (r) => {
        for (const [t, element] of realisedVolatilityPath(r).entries())
          if (element !== null) expect(Math.abs(value(r.slice(0, t + 1)) - element)).toBeLessThan(1e-12);
      }),
      seeded,
    );
  });

  it("is not changed by later returns, not by a bit; the later elements are", () => {
    fc.assert(
      fc.property(returns, returns, (r, later) => {
        const whole = realisedVolatilityPath([...r, ...later]);
        expect(whole.slice(0, r.length)).toEqual(realisedVolatilityPath(r));
        expect(whole.slice(r.length).every((element) => element !== null)).toBe(true);
      }),
      seeded,
    );
    expect(realisedVolatilityPath([...zigzag(20), 0.3]).at(-1)).toBeGreaterThan(
      realisedVolatilityPath(zigzag(20)).at(-1) ?? 9,
    );
  });

  it("grows with the size of the returns, ignores their sign, and their mean only where it is removed", () => {
    fc.assert(
      fc.property(returns, (r) => {
        const halved = r.map((x) => x / 2);
        const raised = r.map((x) => x + 0.25);
        for (const zeroMean of [false, true]) {
          expect(value(halved, zeroMean)).toBeCloseTo(value(r, zeroMean) / 2, 12);
          expect(
            value(
              r.map((x) => -x),
              zeroMean,
            ),
          ).toBe(value(r, zeroMean));
        }
        expect(value(raised)).toBeCloseTo(value(r), 10);
        expect(value(raised, true)).toBeGreaterThan(Math.abs(value(raised)));
      }),
      seeded,
    );
  });
});
