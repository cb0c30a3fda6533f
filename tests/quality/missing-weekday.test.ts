import { describe, expect, it } from "vitest";
import { addDays, type IsoDate, weekday } from "#src/domain/time.ts";
import { missingWeekday } from "#src/quality/missing-weekday.ts";
import { valuesOf } from "#tests/quality/values.ts";
import { weekdaysTo } from "#tests/sections/days.ts";

const friday = "2026-02-13";
const days = weekdaysTo(friday, 100);
const weeksBack = (day: number, weeks: readonly number[]): ReadonlySet<IsoDate> =>
  new Set(weeks.map((week) => addDays(friday, day - 5 - 7 * week)));
const found = (missing: ReadonlySet<IsoDate>, from = days) => {
  const dates = from.filter((date) => !missing.has(date));
  return missingWeekday(
    valuesOf(
      "level",
      dates.map((_, i) => 100 + i),
      { dates },
    ),
  );
};

describe("a weekday that is missing", () => {
  it("in five of eight weeks is a pattern; in four it may be holidays", () => {
    expect(found(new Set())).toEqual([]);
    expect(found(weeksBack(1, [1, 2, 4, 6, 8]))).toMatchObject([
      { from: addDays(friday, -60), to: addDays(friday, -11), n: 5, days: [] },
    ]);
    expect(found(weeksBack(1, [1, 2, 4, 6]))).toEqual([]);
    expect(found(weeksBack(1, [1, 2, 4, 6, 9]))).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])("may be any: %d", (day) => {
    const [only] = found(weeksBack(day, [1, 2, 3, 4, 5, 6]));
    expect(only).toMatchObject({ n: 6 });
    expect(weekday(only?.from ?? "")).toBe(day);
  });

  it("is a pattern only beside days that are nearly all there", () => {
    const mondays = weeksBack(1, [1, 2, 3, 4, 5]);
    const others = (n: number) => new Set([...mondays, ...[...weeksBack(3, [1, 2, 3, 4, 5])].slice(0, n)]);
    expect(found(others(4)).map(({ n }) => n)).toEqual([5]);
    expect(found(others(5))).toEqual([]);
  });

  it("is none of a weekly series, or of one with fewer than eight weeks", () => {
    expect(found(new Set(days.filter((date) => weekday(date) !== 3)))).toEqual([]);
    expect(found(weeksBack(1, [0, 1, 2, 3, 4, 5, 6]), days.slice(-35))).toEqual([]);
    expect(found(weeksBack(1, [0, 1, 2, 3, 4]), days.slice(-40)).map(({ n }) => n)).toEqual([5]);
    expect(missingWeekday(valuesOf("level", []))).toEqual([]);
  });

  it("is told once, from its first to its last day, however long it lasts", () => {
    const weeks = Array.from({ length: 15 }, (_, i) => i + 2);
    expect(found(weeksBack(1, weeks)).map(({ n }) => n)).toEqual([15]);
  });
});
