import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weeklyCloses, weeklyReturns } from "#src/metrics/weekly-returns.ts";
import {
  day,
  plusDays,
  reference,
  relativeGap,
  seeded,
  weekdaysFrom,
} from "#tests/metrics/returns-reference.ts";

const { dates, prices } = reference;
const always = "2100-01-01";
const column = (week: number): readonly number[] => reference.weeks[week] ?? [];

describe("weeklyReturns", () => {
  const found = weeklyReturns(dates, prices, always);

  it("agree with pandas, closures of whole weeks included", () => {
    const expected = reference.weeks.map(([week, base, end, , , spanWeeks]) => ({
      week: day(week),
      base: day(base),
      end: day(end),
      spanWeeks,
      finished: true,
    }));
    expect(found.map(({ ret: _, ...rest }) => rest)).toEqual(expected);
    const returns = reference.weeks.map((row) => row[4] ?? Number.NaN);
    expect(
      relativeGap(
        found.map((week) => week.ret),
        returns,
      ),
    ).toBeLessThan(1e-10);
  });

  it("mark the two weeks after closures, and no other", () => {
    const spans = found.filter((week) => week.spanWeeks !== 1);
    expect(spans.map(({ base, end, spanWeeks }) => [base, end, spanWeeks])).toEqual([
      ["2019-09-27", "2019-10-11", 2],
      ["2021-02-05", "2021-02-19", 2],
    ]);
  });

  it("are 8 % by hand, and have no first week", () => {
    const weeks = weeklyReturns(["2026-02-06", "2026-02-13"], [100, 108], "2026-02-13");
    expect(weeks).toEqual([
      {
        week: "2026-02-13",
        base: "2026-02-06",
        end: "2026-02-13",
        ret: expect.closeTo(0.08, 14),
        spanWeeks: 1,
        finished: true,
      },
    ]);
  });

  it.each([
    ["no session", [], []],
    ["one session", ["2026-02-13"], [100]],
    ["one week", ["2026-02-09", "2026-02-13"], [100, 101]],
  ])("are none with %s", (_, days, values) => {
    expect(weeklyReturns(days, values, always)).toEqual([]);
  });

  it("are finished up to the Friday that is named, and not beyond", () => {
    const days = ["2026-01-30", "2026-02-06", "2026-02-11"];
    const finished = (through: string) =>
      weeklyReturns(days, [1, 2, 3], through).map((week) => week.finished);
    expect(finished("2026-02-05")).toEqual([false, false]);
    expect(finished("2026-02-06")).toEqual([true, false]);
    expect(finished("2026-02-12")).toEqual([true, false]);
    expect(finished("2026-02-13")).toEqual([true, true]);
  });

  it("count a Saturday session to its week, as Tokyo and Seoul once had", () => {
    const weeks = weeklyReturns(["1988-12-23", "1988-12-30", "1988-12-31"], [100, 110, 120], always);
    expect(weeks).toMatchObject([{ week: "1988-12-30", end: "1988-12-31", ret: 120 / 100 - 1 }]);
  });

  it("run on over the turn of a year, whose week is one", () => {
    const weeks = weeklyReturns(["2025-12-26", "2025-12-30", "2026-01-02"], [100, 90, 110], always);
    expect(weeks).toMatchObject([
      { week: "2026-01-02", base: "2025-12-26", end: "2026-01-02", spanWeeks: 1 },
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "refuse %d as a week's price",
    (bad) => {
      for (const at of [0, 1])
        expect(() => weeklyReturns(["2026-02-06", "2026-02-13"], [100, 108].with(at, bad), always)).toThrow(
          RangeError,
        );
      expect(weeklyReturns(["2026-02-06", "2026-02-12", "2026-02-13"], [100, bad, 108], always)).toHaveLength(
        1,
      );
    },
  );

  it.each([0, -0, -37.63])("leave out the two weeks that a price of %d touches, and no other", (bad) => {
    const days = ["2020-04-09", "2020-04-17", "2020-04-24", "2020-05-01", "2020-05-08"];
    const ends = (values: readonly number[]) => weeklyReturns(days, values, always).map((week) => week.end);
    expect(ends([20, 18, bad, 19, 24])).toEqual(["2020-04-17", "2020-05-08"]);
    expect(ends([20, 18, 1e-9, 19, 24])).toEqual(days.slice(1));
    // What is left does not reach over the gap: its base is the week before.
    expect(weeklyReturns(days, [20, 18, bad, 19, 24], always)[1]).toMatchObject({
      base: "2020-05-01",
      spanWeeks: 1,
    });
  });
});

describe("weeklyCloses", () => {
  it("are the last value of each week, whatever its sign", () => {
    const days = ["2016-02-04", "2016-02-05", "2016-02-08", "2016-02-10"];
    expect(weeklyCloses(days, [0.001, 0.0002, 0, -0.0001])).toEqual([
      { week: "2016-02-05", date: "2016-02-05", value: 0.0002 },
      { week: "2016-02-12", date: "2016-02-10", value: -0.0001 },
    ]);
    expect(weeklyCloses([], [])).toEqual([]);
  });

  it("agree with pandas", () => {
    const closes = weeklyCloses(dates, prices).slice(1);
    const expected = reference.weeks.map(([week, , end, close]) => ({
      week: day(week),
      date: day(end),
      value: close,
    }));
    expect(closes).toEqual(expected);
  });
});

describe("a holiday", () => {
  const days = weekdaysFrom("2026-01-05", 20);
  const values = days.map((_, i) => 100 + 3 * i + (i % 3));
  const without = (...gone: readonly number[]) =>
    weeklyReturns(
      days.filter((_, i) => !gone.includes(i)),
      values.filter((_, i) => !gone.includes(i)),
      always,
    );
  const whole = weeklyReturns(days, values, always);

  it("in the middle of a week changes nothing", () => {
    expect(without(7)).toEqual(whole);
  });

  it("on a Friday ends the week on Thursday, and makes no zero return", () => {
    const [, second] = without(14);
    expect(second).toMatchObject({ week: "2026-01-23", end: "2026-01-22", spanWeeks: 1 });
    // The prices are 100 + 3i + (i mod 3): 140 on the 13th session after the first, 127 on the 9th.
    expect(second?.ret).toBe(140 / 127 - 1);
    expect(without(14).every((week) => week.ret !== 0)).toBe(true);
  });

  it("of a whole week leaves that week out; the next one compounds both", () => {
    const [a, b, c] = whole.map((week) => week.ret);
    const [x, y] = without(10, 11, 12, 13, 14);
    expect(x?.ret).toBe(a);
    expect(y).toMatchObject({ base: "2026-01-16", end: "2026-01-30", spanWeeks: 2 });
    expect(y?.ret).toBeCloseTo((1 + (b ?? 0)) * (1 + (c ?? 0)) - 1, 12);
  });

  it("never creates a week, a session or a price that was not there", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 19 }), { maxLength: 18 }), (gone) => {
        const weeks = without(...gone);
        for (const { base, end, ret, spanWeeks } of weeks) {
          const [from, to] = [days.indexOf(base), days.indexOf(end)];
          expect(gone).not.toContain(from);
          expect(gone).not.toContain(to);
          expect(ret).toBe((values[to] ?? 0) / (values[from] ?? 1) - 1);
          expect(spanWeeks).toBe(Math.floor(to / 5) - Math.floor(from / 5));
        }
        const left = new Set(days.flatMap((_, i) => (gone.includes(i) ? [] : [Math.floor(i / 5)])));
        expect(weeks).toHaveLength(Math.max(0, left.size - 1));
      }),
      seeded,
    );
  });
});

describe("laws of weeklyReturns", () => {
  const price = fc.double({ min: 0.01, max: 1e5, noNaN: true });
  const sample = fc.array(price, { minLength: 5, maxLength: 80 }).map((values) => Object.freeze(values));

  it("do not depend on the unit of the price", () => {
    fc.assert(
      fc.property(sample, (values) => {
        const days = weekdaysFrom("2024-01-01", values.length);
        const own = weeklyReturns(days, values, always).map((week) => week.ret);
        const scaled = weeklyReturns(
          days,
          values.map((v) => v * 1024),
          always,
        );
        expect(scaled.map((week) => week.ret)).toEqual(own);
      }),
      seeded,
    );
  });

  it("once finished are not changed by later sessions, not by a bit; later weeks do come", () => {
    fc.assert(
      fc.property(sample, sample, (values, later) => {
        const days = weekdaysFrom("2024-01-01", values.length + later.length);
        const weeksThen = Math.floor(values.length / 5);
        const through = plusDays("2024-01-05", 7 * (weeksThen - 1));
        const asOf = weeklyReturns(days.slice(0, values.length), values, through).filter(
          (week) => week.finished,
        );
        const now = weeklyReturns(days, [...values, ...later], through);
        expect(now.filter((week) => week.finished)).toEqual(asOf);
        expect(asOf).toHaveLength(weeksThen - 1);
        expect(now.length).toBeGreaterThan(asOf.length);
      }),
      seeded,
    );
  });

  it("compound to the whole change from the first week to the last", () => {
    const growth = weeklyReturns(dates, prices, always).reduce((total, week) => total * (1 + week.ret), 1);
    const firstWeek = prices[dates.indexOf(day(column(0)[1]))] ?? 1;
    expect(relativeGap([growth], [(prices.at(-1) ?? 0) / firstWeek])).toBeLessThan(1e-12);
  });
});
