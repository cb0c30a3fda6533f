import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, dayOf, weekdaysBetween, weekdaysIn, wholeYears } from "#src/metrics/days.ts";
import { day, plusDays, reference, seeded } from "#tests/metrics/returns-reference.ts";

const place = fc.integer({ min: -20_000, max: 40_000 });

describe("dayNumber and dayOf", () => {
  it.each([
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    // 30 years of 365 days and the leap days of 1972 to 1996.
    ["2000-01-01", 30 * 365 + 7],
    // 2000 was a leap year although it ends a century.
    ["2000-03-01", 30 * 365 + 7 + 31 + 29],
  ])("place %s at %i", (date, number) => {
    expect(dayNumber(date)).toBe(number);
    expect(dayOf(number)).toBe(date);
  });

  it("undo one another", () => {
    fc.assert(
      fc.property(place, (n) => dayNumber(dayOf(n)) === n),
      seeded,
    );
  });

  it("keep the order of days", () => {
    fc.assert(
      fc.property(place, place, (a, b) => Math.sign(a - b) === (dayOf(a) < dayOf(b) ? -1 : a === b ? 0 : 1)),
      seeded,
    );
  });
});

describe("weekdaysBetween", () => {
  it.each(reference.calendar.weekdaysBetween)(
    "counts as numpy's busday_count: %i to %i",
    (from, to, count) => {
      expect(weekdaysBetween(day(from), day(to))).toBe(count);
    },
  );

  it.each([
    ["the same day", "2026-02-13", "2026-02-13", 0],
    ["neighbours", "2026-02-12", "2026-02-13", 0],
    ["a weekend", "2026-02-13", "2026-02-16", 0],
    ["Friday to Tuesday", "2026-02-13", "2026-02-17", 1],
    ["Friday to Friday", "2026-02-06", "2026-02-13", 4],
    ["backwards", "2026-02-13", "2026-02-06", 0],
  ])("leaves both ends out: %s", (_, from, to, count) => {
    expect(weekdaysBetween(from, to)).toBe(count);
  });

  it("adds five for every whole week", () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 60 }), (n, length) => {
        const [from, to] = [dayOf(n), dayOf(n + length)];
        expect(weekdaysBetween(from, plusDays(to, 7))).toBe(weekdaysBetween(from, to) + 5);
      }),
      seeded,
    );
  });
});

describe("wholeYears", () => {
  it.each(reference.calendar.wholeYears)("counts anniversaries: %i to %i", (from, to, years) => {
    expect(wholeYears(day(from), day(to))).toBe(years);
  });

  it.each([
    ["2021-01-08", "2026-01-08", 5],
    ["2021-01-08", "2026-01-07", 4],
    ["2021-01-08", "2021-01-08", 0],
    ["2020-02-29", "2021-02-28", 0],
    ["2020-02-29", "2021-03-01", 1],
    ["2020-02-29", "2024-02-29", 4],
    ["2020-12-31", "2021-01-01", 0],
  ])("from %s to %s: %i", (from, to, years) => {
    expect(wholeYears(from, to)).toBe(years);
  });
});

describe("weekdaysIn", () => {
  // 13 February 2026 was a Friday.
  it.each([
    ["2026-02-13", "2026-02-13", 1],
    ["2026-02-14", "2026-02-15", 0],
    ["2026-02-09", "2026-02-13", 5],
    ["2026-02-13", "2026-02-16", 2],
    ["2026-02-13", "2026-02-12", 0],
  ])("from %s to %s, both included, there are %i", (from, to, count) => {
    expect(weekdaysIn(from, to)).toBe(count);
  });
});
