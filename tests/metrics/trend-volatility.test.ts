import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gridRules, trendVolatility } from "#src/metrics/trend-volatility.ts";
import regime from "#tests/fixtures/reference/regime.json" with { type: "json" };
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2012-01-02", 3300);
const grid = (closes: readonly number[]) =>
  trendVolatility(days.slice(0, closes.length), Object.freeze(closes));
const [phases, long] = regime;
const every = regime.flatMap(({ name, closes, rows }) =>
  rows.map((row) => ({ name, until: closes.slice(0, row.last + 1), ...row })),
);

describe("trendVolatility against the reference", () => {
  it.each(every)("$name at session $last: $trend, $volatility", ({ until, ...row }) => {
    const { value } = grid(until);
    expect(value).toMatchObject({
      trend: row.trend,
      volatility: row.volatility,
      since: days[Math.max(row.trendSince, row.volatilitySince)],
      volatilitySince: days[row.volatilitySince],
    });
    expect(value?.priceToAverage).toBeCloseTo(row.priceToAverage, 12);
    expect(value?.momentum).toBeCloseTo(row.momentum, 12);
    expect(value?.rv20).toBeCloseTo(row.rv20, 12);
    expect(value?.rv20Percentile).toBeCloseTo(row.percentile, 10);
  });

  it("meets all nine cells of the grid there", () => {
    expect(new Set(every.map(({ trend, volatility }) => `${trend} ${volatility}`)).size).toBe(9);
  });
});

describe("trendVolatility by the length of the history", () => {
  const { closes = [] } = long ?? {};
  const first = (count: number) => grid(closes.slice(0, count));

  // n closes make n − 20 volatilities, of which the last is ranked among the n − 21 before it.
  it("is refused with 755 earlier volatilities, and ranks with 756", () => {
    expect(first(21 + 755)).toEqual({
      status: "insufficient",
      value: null,
      n: 755,
      reasons: [{ code: "too-few", need: 756, have: 755 }],
    });
    // 756, 757 and 758 earlier ones: the third rank is the first that can confirm a state.
    expect(first(21 + 756)).toMatchObject({ status: "undefined", reasons: [{ code: "unconfirmed" }] });
    expect(first(21 + 757)).toMatchObject({ status: "undefined", reasons: [{ code: "unconfirmed" }] });
    expect(first(21 + 758)).toMatchObject({
      status: "warn",
      n: 758,
      reasons: [{ code: "short-history", need: 2520, have: 758 }],
    });
  });

  it("has no caveat from 2,520 on", () => {
    expect(first(21 + 2519)).toMatchObject({ status: "warn", n: 2519 });
    expect(first(21 + 2520)).toMatchObject({ status: "ok", n: 2520, reasons: [] });
    expect(first(3300)).toMatchObject({ status: "ok", n: 2520 });
  });

  it.each([0, 1, 2, 252])("is refused for %d closes", (count) => {
    expect(first(count)).toMatchObject({ status: "insufficient", value: null });
  });

  it.each([0, -1])("does not exist for a close of %d, however old", (close) => {
    expect(grid(closes.with(5, close))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("throws for a close of %s", (close) => {
    expect(() => grid(closes.with(5, close))).toThrow(RangeError);
  });

  it("forgets what is older than 2,520 volatilities, and nothing younger", () => {
    // At session 2,803 the history begins with the volatility of session 283, of the returns of 264 to 283. All closes
    // before some session are doubled, as a split without a record would do: one wild return on that session.
    const until = closes.slice(0, 2804);
    const rank = (wild: number) => grid(until.map((close, t) => (t < wild ? 2 * close : close))).value;
    expect(rank(263)).toEqual(grid(until).value);
    expect(rank(264)?.rv20Percentile).toBeCloseTo((grid(until).value?.rv20Percentile ?? 0) - 100 / 2520, 10);
  });
});

describe("trendVolatility of days without a close", () => {
  const { closes = [] } = long ?? {};
  const weeks = weekdays("2000-01-03", 6000);
  /** As many closes, the last on one day; before the close that is `place`-th from the end, so many weekdays have none. */
  const gapped = (n: number, place: number, missing: number) => {
    const at = Array.from({ length: n }, (_, t) => 5999 - (n - 1 - t) - (n - t > place ? missing : 0));
    return trendVolatility(
      at.map((day) => weeks[day] ?? ""),
      closes.slice(-n),
    );
  };
  const lacking = (need: number, have: number) => ({ code: "coverage", need, have });

  it("is refused where a quarter of the days of twenty returns is missing, and not at a quarter", () => {
    // 21 closes make twenty returns; among 28 weekdays they are three quarters.
    expect(gapped(3000, 20, 8)).toEqual({
      status: "insufficient",
      value: null,
      n: 3000,
      reasons: [lacking(0.75, 21 / 29)],
    });
    expect(gapped(3000, 20, 7)).toMatchObject({ status: "warn", n: 2520, reasons: [lacking(0.9, 0.75)] });
    // A gap before them is one of the year alone.
    expect(gapped(3000, 21, 8)).toMatchObject({ status: "ok", reasons: [] });
  });

  it("is weaker below nine tenths of a year, and not at nine tenths", () => {
    expect(gapped(3000, 251, 28)).toMatchObject({ status: "ok" });
    expect(gapped(3000, 251, 29)).toMatchObject({ status: "warn", reasons: [lacking(0.9, 252 / 281)] });
    expect(gapped(3000, 252, 29)).toMatchObject({ status: "ok" });
    expect(gapped(3000, 100, 85).status).toBe("insufficient");
  });

  it("is weaker below nine tenths of all that is ranked, and tells what else is short", () => {
    // 2,540 closes have 2,520 volatilities that end with the last.
    expect(gapped(3000, 2539, 283)).toMatchObject({ status: "warn", reasons: [lacking(0.9, 2540 / 2823)] });
    expect(gapped(3000, 2540, 283)).toMatchObject({ status: "ok" });
    expect(gapped(900, 500, 101)).toMatchObject({
      status: "warn",
      n: 879,
      reasons: [{ code: "short-history", need: 2520, have: 879 }, lacking(0.9, 900 / 1001)],
    });
    expect(gapped(900, 500, 100).reasons).toEqual([{ code: "short-history", need: 2520, have: 879 }]);
  });

  it("counts the sessions of the exchange where they are known", () => {
    const spans: string[] = [];
    const found = trendVolatility(days, closes, (from, to) => {
      spans.push(`${from} ${to}`);
      return 100_000;
    });
    expect(found.status).toBe("insufficient");
    const last = days.at(-1);
    expect(spans).toEqual([21, 252, 2540].map((n) => `${days.at(-n)} ${last}`));
  });
});

describe("trendVolatility of an index that never moved", () => {
  it("is mixed, and its volatility stands in the middle of equals", () => {
    expect(grid(Array.from({ length: 900 }, () => 100)).value).toMatchObject({
      trend: "mixed",
      volatility: "normal",
      priceToAverage: 0,
      momentum: 0,
      rv20: 0,
      rv20Percentile: 50,
    });
  });
});

describe("trendVolatility laws", () => {
  const { closes = [] } = phases ?? {};
  const session = fc.integer({ min: 800, max: closes.length });

  it("prices in another unit change nothing, to the bit where the unit is a power of two", () => {
    fc.assert(
      fc.property(session, fc.constantFrom(0.5, 4), (count, unit) => {
        const until = closes.slice(0, count);
        expect(grid(until.map((close) => close * unit))).toEqual(grid(until));
      }),
      { seed: 71, numRuns: 10 },
    );
    const [one, tenfold] = [grid(closes).value, grid(closes.map((close) => close * 10)).value];
    expect(tenfold).toMatchObject({ trend: one?.trend, volatility: one?.volatility, since: one?.since });
    expect(tenfold?.rv20).toBeCloseTo(one?.rv20 ?? Number.NaN, 12);
  });

  it("prices in another unit from some day on do", () => {
    const split = closes.map((close, t) => (t < closes.length - 10 ? close : close / 2));
    expect(grid(split).value?.rv20Percentile).not.toBe(grid(closes).value?.rv20Percentile);
  });

  it("the day since which the states stand was known on that day, and was not true the day before", () => {
    const counts = new Set<string>();
    fc.assert(
      fc.property(session, (count) => {
        const now = grid(closes.slice(0, count)).value;
        const since = days.indexOf(now?.since ?? "");
        const then = grid(closes.slice(0, since + 1)).value;
        const before = grid(closes.slice(0, since)).value;
        counts.add(now?.since ?? "");
        expect([then?.trend, then?.volatility, then?.since]).toEqual([
          now?.trend,
          now?.volatility,
          now?.since,
        ]);
        // The first day of all has none before it.
        if (before !== null)
          expect([before.trend, before.volatility]).not.toEqual([now?.trend, now?.volatility]);
      }),
      { seed: 72, numRuns: 30 },
    );
    expect(counts.size).toBeGreaterThan(5);
  });

  it("the parameters are those of the definition", () => {
    expect(gridRules).toEqual({
      average: 200,
      year: 252,
      month: 21,
      volatility: 20,
      band: 0.02,
      calmBelow: 33,
      highFrom: 80,
      confirm: 3,
      leastHistory: 756,
      history: 2520,
    });
  });
});
