import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dated, innerJoin, sessionsSpanned } from "#src/metrics/inner-join.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import pairs from "#tests/fixtures/reference/pairs.json" with { type: "json" };
import { weekdays } from "#tests/metrics/weekdays.ts";

const dated = (rows: Readonly<Record<string, number>>): Dated =>
  Object.freeze({ dates: Object.freeze(Object.keys(rows)), values: Object.freeze(Object.values(rows)) });

describe("innerJoin", () => {
  it("keeps the sessions of the reference", () => {
    const { L1, L2, L3, S1, S2 } = pairs.pair.series;
    const joined = innerJoin([L1, L2, L3, S1, S2]);
    expect(joined.dates).toEqual(pairs.pair.dates);
    // 90 weekdays, of which seven are a holiday of some member.
    expect(joined.values.map((values) => values.length)).toEqual([83, 83, 83, 83, 83]);
  });

  it("keeps the days that all have, each with its own values in the order given", () => {
    const one = dated({ "2026-01-02": 1, "2026-01-05": 2, "2026-01-06": 3 });
    const two = dated({ "2026-01-02": 10, "2026-01-06": 30, "2026-01-07": 40 });
    const expected = { dates: ["2026-01-02", "2026-01-06"] };
    expect(innerJoin([one, two])).toEqual({
      ...expected,
      values: [
        [1, 3],
        [10, 30],
      ],
    });
    expect(innerJoin([two, one])).toEqual({
      ...expected,
      values: [
        [10, 30],
        [1, 3],
      ],
    });
  });

  it("makes one return over two sessions of a holiday, and no return of zero", () => {
    const open = dated({ "2026-01-02": 100, "2026-01-05": 110, "2026-01-06": 121 });
    const closed = dated({ "2026-01-02": 100, "2026-01-06": 99 });
    const [first = [], second = []] = innerJoin([open, closed]).values;
    expect(simpleReturns(first).value).toEqual([121 / 100 - 1]);
    expect(simpleReturns(second).value).toEqual([99 / 100 - 1]);
  });

  it("keeps a value of zero", () => {
    expect(innerJoin([dated({ a: 0 }), dated({ a: -1 })]).values).toEqual([[0], [-1]]);
  });

  it("of nothing, of one series, of one without days and of strangers", () => {
    const one = dated({ "2026-01-02": 1 });
    expect(innerJoin([])).toEqual({ dates: [], values: [] });
    expect(innerJoin([one])).toEqual({ dates: one.dates, values: [one.values] });
    expect(innerJoin([one, dated({})])).toEqual({ dates: [], values: [[], []] });
    expect(innerJoin([one, dated({ "2026-01-05": 1 })])).toEqual({ dates: [], values: [[], []] });
  });
});

describe("innerJoin laws", () => {
  const days = weekdays("2026-01-01", 25);
  /** A series on a subset of the days; each value tells its day and its series. */
  const holey = fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }).map((has) => {
    const kept = days.flatMap((day, i) => (has[i] ? [[day, i] as const] : []));
    return { dates: kept.map(([day]) => day), values: kept.map(([, i]) => i) };
  });
  const many = fc.array(holey, { minLength: 1, maxLength: 4 });

  it("is the intersection of the days, and every value keeps its day", () => {
    const sizes = new Set<number>();
    fc.assert(
      fc.property(many, (series) => {
        const { dates, values } = innerJoin(series);
        expect(dates).toEqual(days.filter((day) => series.every((each) => each.dates.includes(day))));
        for (const row of values) expect(row.map((i) => days[i])).toEqual(dates);
        sizes.add(dates.length);
      }),
      { seed: 41, numRuns: 200 },
    );
    expect(sizes.size).toBeGreaterThan(5);
  });

  it("leaves earlier days as they were when later ones are added", () => {
    fc.assert(
      fc.property(many, fc.nat(24), (series, cut) => {
        const last = days[cut] ?? "";
        const known = series.map(({ dates, values }) => ({
          dates: dates.filter((day) => day <= last),
          values: values.filter((_, i) => (dates[i] ?? "") <= last),
        }));
        const [past, all] = [innerJoin(known), innerJoin(series)];
        expect(all.dates.slice(0, past.dates.length)).toEqual(past.dates);
        expect(all.values.map((row) => row.slice(0, past.dates.length))).toEqual(past.values);
      }),
      { seed: 42, numRuns: 200 },
    );
  });
});

describe("sessionsSpanned", () => {
  const days = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"];
  const of = (...dates: readonly string[]) => ({ dates, values: dates.map(() => 1) });

  it("counts the sessions of the series that had most of them", () => {
    const [all, some] = [of(...days), of("2026-01-05", "2026-01-07", "2026-01-08")];
    expect(sessionsSpanned([all, some], innerJoin([all, some]).dates)).toEqual([2, 1]);
    // Both lack the sixth: a holiday.
    expect(sessionsSpanned([some, some], some.dates)).toEqual([1, 1]);
    expect(sessionsSpanned([all], [])).toEqual([]);
    expect(sessionsSpanned([all], ["2026-01-05"])).toEqual([]);
  });
});
