import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { day, plusDays, reference, seeded } from "#tests/metrics/returns-reference.ts";

const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((n) => plusDays("1970-01-01", n));
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

describe("isoWeek", () => {
  it("agrees with Python's isocalendar about the turns of twelve years", () => {
    for (const [date, monday, friday] of reference.calendar.isoWeeks) {
      expect(isoWeek(day(date))).toEqual({ monday: day(monday), friday: day(friday) });
    }
    expect(reference.calendar.isoWeeks).toHaveLength(156);
  });

  it.each([
    ["2026-02-15", "a Sunday ends its week", "2026-02-09"],
    ["2026-02-16", "a Monday begins the next", "2026-02-16"],
    ["2026-01-01", "a week may begin in the year before", "2025-12-29"],
    ["1969-12-31", "days before 1970 have weeks too", "1969-12-29"],
  ])("%s: %s", (date, _, monday) => {
    expect(isoWeek(date)).toEqual({ monday, friday: plusDays(monday, 4) });
  });

  it("holds its day, and begins on a Monday", () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const { monday, friday } = isoWeek(date);
        expect([weekdayOf(monday), weekdayOf(friday)]).toEqual([1, 5]);
        expect(monday <= date && date <= plusDays(monday, 6)).toBe(true);
      }),
      seeded,
    );
  });

  it("is the same for the seven days of a week, and another seven days on", () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const week = isoWeek(date);
        for (let n = 0; n < 7; n++) expect(isoWeek(plusDays(week.monday, n))).toEqual(week);
        expect(isoWeek(plusDays(date, 7))).toEqual({
          monday: plusDays(week.monday, 7),
          friday: plusDays(week.friday, 7),
        });
      }),
      { ...seeded, numRuns: 50 },
    );
  });
});
