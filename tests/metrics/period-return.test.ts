import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodReturn } from "#src/metrics/period-return.ts";
import {
  day,
  plusDays,
  reference,
  relativeGap,
  seeded,
  weekdaysFrom,
} from "#tests/metrics/returns-reference.ts";

const { dates, prices } = reference;

describe("periodReturn", () => {
  it.each(reference.periods)("agrees with pandas from %i", (start, base, ret) => {
    const found = periodReturn(dates, prices, day(start));
    expect(found).toMatchObject({ status: "ok", value: { baseDate: day(base), endDate: dates.at(-1) } });
    expect(relativeGap([found.value?.ret ?? 0], [ret ?? 1])).toBeLessThan(1e-10);
  });

  it("takes the year's base from the series' own calendar: in Seoul 30 December", () => {
    const found = periodReturn(["2025-12-29", "2025-12-30", "2026-01-02"], [90, 100, 103], "2026-01-01");
    expect(found).toMatchObject({
      value: { baseDate: "2025-12-30", endDate: "2026-01-02" },
      n: 2,
      reasons: [],
    });
    expect(found.value?.ret).toBeCloseTo(0.03, 14);
  });

  it("counts a session on the first day as inside, not as the base", () => {
    const found = periodReturn(["2025-12-31", "2026-01-01"], [100, 50], "2026-01-01");
    expect(found.value).toEqual({ ret: -0.5, baseDate: "2025-12-31", endDate: "2026-01-01" });
  });

  it.each([
    ["nothing", [], [], 0],
    ["no price before the period", ["2026-01-02", "2026-01-05"], [1, 2], 1],
    ["no price inside the period", ["2025-12-29", "2025-12-30"], [1, 2], 1],
    ["one price", ["2025-12-30"], [1], 1],
  ])("is insufficient with %s", (_, days, values, have) => {
    expect(periodReturn(days, values, "2026-01-01")).toEqual({
      status: "insufficient",
      value: null,
      n: have,
      reasons: [{ code: "too-few", need: 2, have }],
    });
  });

  // Between Tuesday 23 December and Thursday 1 January lie 24, 25, 26, 29, 30 and 31: six weekdays; from the 24th five.
  it("takes an older base with five weekdays between, and none with six", () => {
    const from = (base: string) => periodReturn([base, "2026-01-02"], [100, 103], "2026-01-01");
    expect(from("2025-12-24")).toMatchObject({ status: "ok", value: { baseDate: "2025-12-24" } });
    expect(from("2025-12-23")).toMatchObject({
      status: "undefined",
      value: null,
      reasons: [{ code: "base-missing" }],
    });
  });

  it("does not exist where the base or the last price is zero or negative", () => {
    for (const bad of [0, -1]) {
      for (const at of [0, 1]) {
        const found = periodReturn(["2025-12-30", "2026-01-02"], [100, 103].with(at, bad), "2026-01-01");
        expect(found).toMatchObject({
          status: "undefined",
          value: null,
          reasons: [{ code: "not-positive" }],
        });
      }
    }
    expect(periodReturn(["2025-12-30", "2026-01-02"], [0.01, 0.02], "2026-01-01").value?.ret).toBe(1);
  });

  // G1: no bare NaN or infinity leaves a metric. The base and the last price are not checked.
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d as base or last price", (bad) => {
    for (const at of [0, 1])
      expect(() =>
        periodReturn(["2025-12-30", "2026-01-02"], [100, 103].with(at, bad), "2026-01-01"),
      ).toThrow(RangeError);
  });
});

describe("laws of periodReturn", () => {
  const price = fc.double({ min: 0.01, max: 1e5, noNaN: true });
  const sample = fc.array(price, { minLength: 12, maxLength: 60 }).map((values) => Object.freeze(values));
  const monday = "2026-01-05";

  it("sees the unit of the price as little as the days between, and the two ends by its formula", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 11 }), price, (values, at, other) => {
        const days = weekdaysFrom(monday, values.length);
        const start = days[at] ?? "";
        const own = periodReturn(days, values, start);
        expect(own.value?.ret).toBe((values.at(-1) ?? 0) / (values[at - 1] ?? 1) - 1);
        expect(
          periodReturn(
            days,
            values.map((v) => v / 8),
            start,
          ),
        ).toEqual(own);
        const between = values.map((v, i) => (i === at - 1 || i === values.length - 1 ? v : other));
        expect(periodReturn(days, between, start)).toEqual(own);
      }),
      seeded,
    );
  });

  it("does not see the history before its base", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 11 }), (values, at) => {
        const days = weekdaysFrom(monday, values.length);
        const own = periodReturn(days, values, days[at] ?? "");
        expect(periodReturn(days.slice(at - 1), values.slice(at - 1), days[at] ?? "")).toEqual(own);
        expect(periodReturn(days.slice(at), values.slice(at), days[at] ?? "").status).toBe("insufficient");
      }),
      seeded,
    );
  });

  it("is not changed by an absent session inside the period, and by one at its end only in its end", () => {
    const days = weekdaysFrom(monday, 10);
    const values = days.map((_, i) => 100 + i);
    const start = plusDays(monday, 2);
    const without = (i: number) => periodReturn(days.toSpliced(i, 1), values.toSpliced(i, 1), start).value;
    expect(without(5)).toEqual(periodReturn(days, values, start).value);
    expect(without(9)).toEqual({ ret: 108 / 101 - 1, baseDate: "2026-01-06", endDate: "2026-01-15" });
  });
});
