import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "#src/domain/locale.ts";
import type { Unit } from "#src/domain/quantity.ts";
import { addDays } from "#src/domain/time.ts";
import { printAxisDay, printDate, printFullDate, printInstant, printMonth } from "#src/locale/date.ts";
import { printFact } from "#src/locale/print-fact.ts";
import { type PrintStyle, printStyles } from "#src/locale/tokens.ts";
import { factOf } from "#tests/locale/facts.ts";

const seed = 20_260_213;
const day = fc.integer({ min: 0, max: 30_000 }).map((n) => addDays("1960-01-01", n));

/** ICU's own words for a day, in UTC. */
const icu = (date: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));

const monthAndDay: Intl.DateTimeFormatOptions = { month: "short", day: "numeric" };
const fullDay: Intl.DateTimeFormatOptions = { ...monthAndDay, year: "numeric" };

const both = (value: string, unit: Unit, style: PrintStyle) =>
  locales.map((locale) => printFact(factOf(value, unit), locale, style));

describe("facts that are days, months and instants", () => {
  it.each([
    ["2026-02-13", "plain", "Feb 13", "2月13日"],
    ["2026-01-01", "plain", "Jan 1", "1月1日"],
    ["2025-12-31", "plain", "Dec 31, 2025", "2025年12月31日"],
    ["2027-01-01", "plain", "Jan 1, 2027", "2027年1月1日"],
    ["2026-02-13", "signed", "Feb 13", "2月13日"],
    ["2026-02-13", "full", "Feb 13, 2026", "2026年2月13日"],
    ["2025-12-31", "full", "Dec 31, 2025", "2025年12月31日"],
    ["2026-02-03", "table", "2026-02-03", "2026-02-03"],
    ["2025-12-31", "table", "2025-12-31", "2025-12-31"],
  ] as const)("the day %s, %s, is %s and %s", (date, style, en, zh) => {
    expect(both(date, "date", style)).toEqual([en, zh]);
  });

  it.each([
    ["2026-02", "plain", "February 2026", "2026年2月"],
    ["2021-01", "plain", "January 2021", "2021年1月"],
    ["2025-12", "full", "December 2025", "2025年12月"],
    ["2021-01", "table", "2021-01", "2021-01"],
  ] as const)("the month %s, %s, is %s and %s", (month, style, en, zh) => {
    expect(both(month, "month", style)).toEqual([en, zh]);
  });

  it.each([
    ["2026-02-13T23:00:00Z", "plain", "Feb 13, 2026, 23:00 UTC", "2026年2月13日23:00（UTC）"],
    ["2026-02-03T06:30:00Z", "full", "Feb 3, 2026, 06:30 UTC", "2026年2月3日06:30（UTC）"],
    ["2026-02-13T23:00:59Z", "table", "2026-02-13 23:00", "2026-02-13 23:00"],
  ] as const)("the instant %s, %s, is %s and %s", (instant, style, en, zh) => {
    expect(both(instant, "instant", style)).toEqual([en, zh]);
  });

  it("a label is printed as it is", () => {
    for (const style of printStyles) expect(both("KRIX", "label", style)).toEqual(["KRIX", "KRIX"]);
  });
});

describe("printDate", () => {
  it("prints the year exactly where it is not the issue's, in both editions alike, and as ICU does", () => {
    fc.assert(
      fc.property(day, day, (date, asOf) => {
        const parts = date.slice(0, 4) === asOf.slice(0, 4) ? monthAndDay : fullDay;
        expect(printDate(date, asOf, "en")).toBe(icu(date, "en-US", parts));
        expect(printDate(date, asOf, "zh-CN")).toBe(icu(date, "zh-CN", { ...parts, month: "long" }));
      }),
      { seed, numRuns: 2000 },
    );
  });

  it("leaves the year out on both days round New Year only for the year of the issue", () => {
    expect(printDate("2025-12-31", "2025-12-31", "en")).toBe("Dec 31");
    expect(printDate("2025-12-31", "2026-01-01", "en")).toBe("Dec 31, 2025");
    expect(printDate("2026-01-01", "2025-12-31", "zh-CN")).toBe("2026年1月1日");
  });
});

describe("printFullDate", () => {
  it("always has the year", () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(printFullDate(date, "en")).toBe(icu(date, "en-US", fullDay));
        expect(printFullDate(date, "zh-CN")).toBe(icu(date, "zh-CN", { ...fullDay, month: "long" }));
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe("printMonth", () => {
  it.each([
    ["2026-01", "January 2026", "2026年1月"],
    ["2026-02", "February 2026", "2026年2月"],
    ["2026-05", "May 2026", "2026年5月"],
    ["2025-09", "September 2025", "2025年9月"],
    ["2025-12", "December 2025", "2025年12月"],
  ])("%s is %s and %s", (month, en, zh) => {
    expect(printMonth(month, "en")).toBe(en);
    expect(printMonth(month, "zh-CN")).toBe(zh);
  });
});

describe("printInstant", () => {
  it.each([
    ["2026-02-13T23:00:00Z", "Feb 13, 2026, 23:00 UTC", "2026年2月13日23:00（UTC）"],
    ["2026-02-03T00:05:09Z", "Feb 3, 2026, 00:05 UTC", "2026年2月3日00:05（UTC）"],
  ])("%s is %s and %s", (instant, en, zh) => {
    expect(printInstant(instant, "en")).toBe(en);
    expect(printInstant(instant, "zh-CN")).toBe(zh);
  });
});

describe("printAxisDay", () => {
  it.each([
    ["day", "Feb 3", "2月3日"],
    ["month", "Feb", "2月"],
    ["year", "2026", "2026"],
    ["year-month", "Feb 2026", "2026年2月"],
  ] as const)("%s is %s and %s", (part, en, zh) => {
    expect(printAxisDay("2026-02-03", part, "en")).toBe(en);
    expect(printAxisDay("2026-02-03", part, "zh-CN")).toBe(zh);
  });
});

it("no date of any form has a Chinese numeral or a leading zero of month or day in words", () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...locales), (date, locale) => {
      for (const text of [
        printDate(date, "2026-02-13", locale),
        printFullDate(date, locale),
        printMonth(date.slice(0, 7), locale),
        ...(["day", "month", "year", "year-month"] as const).map((part) => printAxisDay(date, part, locale)),
      ]) {
        expect(text).not.toMatch(/[一二三四五六七八九十〇零]/);
        expect(text).not.toMatch(/(?<!\d)0\d/);
        expect(text).not.toMatch(/undefined|NaN/);
      }
    }),
    { seed, numRuns: 1000 },
  );
});
