import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dayNumber,
  dayOfNumber,
  daysBetween,
  isIsoDate,
  isoInstant,
  parseInstant,
  weekday,
} from "#src/domain/time.ts";

const seed = 20_260_213;

/** Julian day number of a Gregorian day, by Fliegel and Van Flandern (1968): whole numbers only, no calendar code. */
function julian(year: number, month: number, day: number): number {
  const a = Math.trunc((month - 14) / 12);
  return (
    day -
    32_075 +
    Math.trunc((1461 * (year + 4800 + a)) / 4) +
    Math.trunc((367 * (month - 2 - a * 12)) / 12) -
    Math.trunc((3 * Math.trunc((year + 4900 + a) / 100)) / 4)
  );
}
const epoch = julian(1970, 1, 1);

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0);

const pad = (n: number, digits = 2): string => String(n).padStart(digits, "0");
const text = (year: number, month: number, day: number): string =>
  `${pad(year, 4)}-${pad(month)}-${pad(day)}`;

interface Day {
  readonly text: string;
  readonly julian: number;
}
const anyDay: fc.Arbitrary<Day> = fc
  .record({
    year: fc.integer({ min: 1583, max: 2999 }),
    month: fc.integer({ min: 1, max: 12 }),
    of: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ year, month, of }) => {
    const day = Math.min(of, lengthOf(year, month));
    return { text: text(year, month, day), julian: julian(year, month, day) };
  });

describe("the day count of these tests", () => {
  it("gives the published numbers", () => {
    // Meeus, Astronomical Algorithms, table 7.a, at noon: 2000-01-01, 1987-01-27, 1988-06-19, 1600-12-31.
    expect([julian(2000, 1, 1), julian(1987, 1, 27), julian(1988, 6, 19), julian(1600, 12, 31)]).toEqual([
      2_451_545, 2_446_823, 2_447_332, 2_305_813,
    ]);
  });
});

describe("isIsoDate", () => {
  it("accepts exactly the days that exist", () => {
    for (const year of [1900, 2000, 2024, 2025, 2100])
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++)
          expect([text(year, month, day), isIsoDate(text(year, month, day))]).toEqual([
            text(year, month, day),
            day >= 1 && day <= lengthOf(year, month),
          ]);
  });

  it.each([
    "",
    "2026-2-3",
    "2026-02-3",
    "26-02-03",
    "02026-02-03",
    "+002026-02-03",
    "2026-02-03 ",
    " 2026-02-03",
    "2026-02-03\n",
    "2026/02/03",
    "20260203",
    "2026-02",
    "2026-02-03T00:00:00Z",
    "2026-W06-2",
    "2026-034",
    "２０２６-02-03",
  ])("refuses %j", (other) => {
    expect(isIsoDate(other)).toBe(false);
  });
});

describe("day arithmetic", () => {
  it("addDays and daysBetween agree with the Julian day number", () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(daysBetween(a.text, b.text)).toBe(b.julian - a.julian);
        expect(addDays(a.text, b.julian - a.julian)).toBe(b.text);
      }),
      { seed, numRuns: 5000 },
    );
  });

  it.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-01-01", -1, "2025-12-31"],
    ["2026-02-13", 0, "2026-02-13"],
    ["2026-02-13", 365, "2027-02-13"],
    // A week over the change of the clocks in New York and St John's.
    ["2026-03-05", 7, "2026-03-12"],
  ])("%s and %d days is %s", (date, n, other) => {
    expect(addDays(date, n)).toBe(other);
    expect(daysBetween(date, other)).toBe(n);
  });

  it("weekday counts from Monday 1 to Sunday 7", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        // Julian day 0 was a Monday.
        expect(weekday(day.text)).toBe((day.julian % 7) + 1);
      }),
      { seed, numRuns: 2000 },
    );
    expect([weekday("2026-02-09"), weekday("2026-02-13"), weekday("2026-02-15")]).toEqual([1, 5, 7]);
  });
});

describe("parseInstant", () => {
  const fraction = fc.option(fc.integer({ min: 0, max: 999 })).map((ms) => ({
    text: ms === null ? "" : `.${pad(ms, 3)}`,
    ms: ms ?? 0,
  }));
  const seconds = fc
    .option(fc.tuple(fc.integer({ min: 0, max: 59 }), fraction))
    .map((each) => (each === null ? { text: "", ms: 0 } : withFraction(...each)));
  const withFraction = (second: number, { text, ms }: { text: string; ms: number }) => ({
    text: `:${pad(second)}${text}`,
    ms: second * 1000 + ms,
  });
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), seconds)
    .map(([hour, minute, { text, ms }]) => ({
      text: `${pad(hour)}:${pad(minute)}${text}`,
      ms: (hour * 60 + minute) * 60_000 + ms,
    }));
  const offset = fc
    .tuple(fc.constantFrom(1, -1), fc.nat(23), fc.nat(59), fc.constantFrom(":", ""))
    .map(([sign, hours, minutes, colon]) => ({
      text: `${sign < 0 ? "-" : "+"}${pad(hours)}${colon}${pad(minutes)}`,
      ms: sign * (hours * 60 + minutes) * 60_000,
    }));
  const zone = fc.oneof(offset, fc.constant({ text: "Z", ms: 0 }));

  it("agrees with the day count for every day, clock and zone", () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom("T", " "), clock, zone, (day, between, time, from) => {
        const written = day.text + between + time.text + from.text;
        const expected = (day.julian - epoch) * 86_400_000 + time.ms - from.ms;
        expect([written, parseInstant(written)]).toEqual([written, expected]);
      }),
      { seed, numRuns: 5000 },
    );
  });

  it.each([
    ["a day alone", "2026-02-13"],
    ["no zone", "2026-02-13T21:00:00"],
    ["a zone in words", "2026-02-13T21:00:00 EST"],
    ["a zone by name", "2026-02-13T21:00:00[America/New_York]"],
    ["a zone without minutes", "2026-02-13T21:00:00+09"],
    ["a zone of 24 hours", "2026-02-13T21:00:00+24:00"],
    ["a zone of 60 minutes", "2026-02-13T21:00:00+09:60"],
    ["a typographic minus", "2026-02-13T21:00:00\u221205:00"],
    ["hour 24", "2026-02-13T24:00:00Z"],
    ["minute 60", "2026-02-13T21:60:00Z"],
    ["second 60", "2026-12-31T23:59:60Z"],
    ["no minutes", "2026-02-13T21Z"],
    ["a day that does not exist", "2026-02-30T21:00:00Z"],
    ["a comma before the fraction", "2026-02-13T21:00:00,5Z"],
    ["space around", " 2026-02-13T21:00:00Z"],
    ["a line end", "2026-02-13T21:00:00Z\n"],
    ["seconds since the epoch", "1771016400"],
    ["nothing", ""],
  ])("refuses %s", (_, written) => {
    expect(parseInstant(written)).toBeNull();
  });

  it("reads fractions finer than it keeps", () => {
    expect(parseInstant("2026-02-13T21:00:00.123456789Z")).toBe(parseInstant("2026-02-13T21:00:00.123Z"));
  });

  it("isoInstant prints to the second in UTC what parseInstant reads", () => {
    expect(isoInstant(0)).toBe("1970-01-01T00:00:00Z");
    expect(isoInstant(parseInstant("2026-02-13T16:00:00-05:00") ?? 0)).toBe("2026-02-13T21:00:00Z");
    fc.assert(
      fc.property(fc.integer({ min: -12_000_000_000, max: 32_000_000_000 }), (seconds) => {
        expect(parseInstant(isoInstant(seconds * 1000))).toBe(seconds * 1000);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe("the number of a day", () => {
  const day = fc.integer({ min: -700_000, max: 2_900_000 }).map((n) => addDays("1970-01-01", n));

  it("names the day again, and stands in the order of days", () => {
    expect(dayNumber("2026-02-13")).toBe(20_260_213);
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(dayOfNumber(dayNumber(a))).toBe(a);
        expect(Math.sign(dayNumber(a) - dayNumber(b))).toBe(Math.sign(daysBetween(b, a)));
      }),
      { seed },
    );
  });
});
