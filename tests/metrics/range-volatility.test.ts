import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bars, rangeVolatility, rangeVolatilityPath } from "#src/metrics/range-volatility.ts";
import paths from "#tests/fixtures/reference/paths.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const bars: Bars = paths.bars;
const estimators = ["parkinson", "garman-klass", "rogers-satchell", "yang-zhang"] as const;
const change = (
  { open, high, low, close }: Bars,
  of: (prices: readonly number[]) => readonly number[],
): Bars => ({
  open: of(open),
  high: of(high),
  low: of(low),
  close: of(close),
});
const until = (count: number, of = bars) => change(of, (prices) => prices.slice(0, count));
/** A session whose high lies below its close. */
const broken = (at: number, of = bars): Bars => ({
  ...of,
  high: of.high.with(at, (of.close[at] ?? 0) * 0.99),
});

describe.each(estimators)("%s", (estimator) => {
  it.each(paths.bars.rows)("is TTR's to 1e-12: window $window", (row) => {
    const path = rangeVolatilityPath(bars, estimator, row.window);
    const expected: readonly (number | null)[] = row[estimator];
    expect(path).toHaveLength(90);
    for (const [t, value] of path.entries()) {
      if (expected[t] === null) expect(value).toBeNull();
      else expect(value ?? 9).toBeCloseTo(expected[t] ?? 0, 12);
    }
  });

  it("at the end is the path's last", () => {
    expect(rangeVolatility(bars, estimator, 20)).toMatchObject({ status: "ok", n: 20, reasons: [] });
    expect(rangeVolatility(bars, estimator, 20).value).toBeCloseTo(
      rangeVolatilityPath(bars, estimator, 20).at(-1) ?? 0,
      13,
    );
  });

  it("needs 15 sessions of 20", () => {
    // Yang and Zhang's first session serves as the close before the second.
    const more = estimator === "yang-zhang" ? 1 : 0;
    expect(rangeVolatility(until(14 + more), estimator)).toEqual({
      status: "insufficient",
      value: null,
      n: 14,
      reasons: [{ code: "too-few", need: 15, have: 14 }],
    });
    expect(rangeVolatility(until(15 + more), estimator)).toMatchObject({
      status: "warn",
      n: 15,
      reasons: [{ code: "short-window", need: 20, have: 15 }],
    });
    expect(rangeVolatility(until(19 + more), estimator).status).toBe("warn");
    expect(rangeVolatility(until(20 + more), estimator).status).toBe("ok");
    expect(rangeVolatility(until(0), estimator)).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("rejects a session whose range does not hold its prices", () => {
    const lost = estimator === "yang-zhang" ? 2 : 1;
    expect(rangeVolatility(broken(80), estimator)).toMatchObject({
      status: "warn",
      n: 20 - lost,
      reasons: [{ code: "short-window", need: 20, have: 20 - lost }],
    });
    const path = rangeVolatilityPath(broken(50), estimator, 5);
    const missing = path.flatMap((value, t) => (value === null && t > 10 ? [t] : []));
    expect(missing).toEqual(series(4 + lost, (i) => 50 + i));
    expect(path[60]).toBeCloseTo(rangeVolatilityPath(bars, estimator, 5)[60] ?? 9, 13);
    const low = { ...bars, low: bars.low.with(80, (bars.open[80] ?? 0) * 1.01) };
    expect(rangeVolatility(low, estimator).n).toBe(20 - lost);
  });

  it("takes a range that just holds its prices", () => {
    const tight: Bars = {
      ...bars,
      high: bars.high.with(80, Math.max(bars.open[80] ?? 0, bars.close[80] ?? 0)),
    };
    expect(rangeVolatility(tight, estimator)).toMatchObject({ status: "ok", n: 20 });
  });

  it("is 0 with a caveat where nothing moves", () => {
    const flat = change(bars, (prices) => prices.map(() => 100));
    expect(rangeVolatility(flat, estimator)).toMatchObject({
      status: "warn",
      value: 0,
      reasons: [{ code: "no-movement" }],
    });
  });

  it("does not exist for a price that is not positive, and is missing in the path about it", () => {
    const bad = { ...bars, low: bars.low.with(85, 0) };
    expect(rangeVolatility(bad, estimator)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
    expect(rangeVolatility({ ...bars, low: bars.low.with(5, 0) }, estimator).status).toBe("ok");
    expect(rangeVolatilityPath(bad, estimator, 5)[85]).toBeNull();
  });

  it("refuses sessions without four prices, and what is not a number", () => {
    expect(() => rangeVolatility({ ...bars, open: bars.open.slice(1) }, estimator)).toThrow(RangeError);
    expect(() => rangeVolatility({ ...bars, low: bars.low.with(3, Number.NaN) }, estimator)).toThrow(
      RangeError,
    );
    for (const window of [1, 0, 2.5])
      expect(() => rangeVolatilityPath(bars, estimator, window)).toThrow(RangeError);
  });

  it("does not see the unit of the prices, but sees a range", () => {
    const own = rangeVolatility(bars, estimator).value ?? 9;
    fc.assert(
      // Powers of two, so that no price is rounded out of its range.
      fc.property(fc.integer({ min: -9, max: 9 }), (power) => {
        const scaled = change(bars, (prices) => prices.map((price) => price * 2 ** power));
        expect(rangeVolatility(scaled, estimator).value).toBeCloseTo(own, 12);
      }),
      seeded,
    );
    const wide = { ...bars, high: bars.high.map((high) => high * 1.01) };
    expect(rangeVolatility(wide, estimator).value).toBeGreaterThan(own);
  });

  it("of a longer history begins with the same bits, and an earlier session moves it", () => {
    const path = rangeVolatilityPath(bars, estimator, 20);
    for (const count of [20, 21, 60])
      expect(rangeVolatilityPath(until(count), estimator, 20)).toEqual(path.slice(0, count));
    const moved = rangeVolatilityPath({ ...bars, high: bars.high.with(40, 200) }, estimator, 20);
    expect(moved.slice(0, 40)).toEqual(path.slice(0, 40));
    expect(moved[40]).not.toBe(path[40]);
    expect(moved[59]).not.toBe(path[59]);
  });
});

describe("range volatility by hand", () => {
  const two = { open: [100, 100], high: [110, 110], low: [100, 100], close: [110, 110] };
  const log = Math.log(1.1);

  it("is what the formulas say of sessions that rise from their low to their high", () => {
    expect(rangeVolatility(two, "parkinson", 2).value).toBeCloseTo(
      Math.sqrt((252 * log ** 2) / (4 * Math.LN2)),
      14,
    );
    expect(rangeVolatility(two, "garman-klass", 2).value).toBeCloseTo(
      Math.sqrt(252 * (1.5 - 2 * Math.LN2) * log ** 2),
      14,
    );
    // A trend is none to Rogers and Satchell.
    expect(rangeVolatility(two, "rogers-satchell", 2).value).toBeCloseTo(0, 14);
  });
});
