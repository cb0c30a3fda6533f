import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { exchanges } from "#src/calendar/exchanges.ts";
import { knownAtRule } from "#src/calendar/known-at.ts";
import { addSessions, isSession, lastSession, sessionClose, sessionsIn } from "#src/calendar/sessions.ts";
import { dayIn, instantAt } from "#src/calendar/zoned.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Series } from "#src/domain/series.ts";
import { addDays, isoInstant, weekday } from "#src/domain/time.ts";

fc.configureGlobal({ seed: 20_260_213 });

const nyse = exchanges.NYSE as ExchangeCalendar;
const krx = exchanges.KRX as ExchangeCalendar;
const anyDay = fc.integer({ min: 0, max: 13_000 }).map((n) => addDays("1990-01-01", n));

describe("instantAt and dayIn", () => {
  it("agrees with Temporal on every day, zone and hour", () => {
    const zone = fc.constantFrom(
      "America/New_York",
      "Europe/London",
      "Asia/Tokyo",
      "Asia/Seoul",
      "Africa/Casablanca",
      "Australia/Lord_Howe",
      "Pacific/Apia",
    );
    const time = fc.constantFrom("00:00", "01:30", "02:30", "09:00", "16:00", "23:59");
    fc.assert(
      fc.property(anyDay, zone, time, (date, timeZone, plainTime) => {
        const expected = Temporal.PlainDate.from(date).toZonedDateTime({
          timeZone,
          plainTime,
        }).epochMilliseconds;
        expect(instantAt(date, plainTime, timeZone)).toBe(expected);
        for (const instant of [expected - 1, expected]) {
          const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
          expect(dayIn(instant, timeZone)).toBe(there.toPlainDate().toString());
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads a skipped hour as if the clocks had not changed, and the first of a doubled one", () => {
    expect(isoInstant(instantAt("2026-03-08", "02:30", "America/New_York"))).toBe("2026-03-08T07:30:00Z");
    expect(isoInstant(instantAt("2026-11-01", "01:30", "America/New_York"))).toBe("2026-11-01T05:30:00Z");
  });
});

/** Sessions are weekdays where a calendar has no table. */
const weekdays: ExchangeCalendar = { ...nyse, id: "WEEK", table: null };

describe("sessions without a table", () => {
  it("are Monday to Friday", () => {
    expect(sessionsIn(weekdays, "2026-02-12", "2026-02-17")).toEqual([
      "2026-02-12",
      "2026-02-13",
      "2026-02-16",
      "2026-02-17",
    ]);
    expect(sessionsIn(weekdays, "2026-02-14", "2026-02-15")).toEqual([]);
    expect(sessionsIn(weekdays, "2026-02-17", "2026-02-12")).toEqual([]);
  });

  it("addSessions counts sessions, from a weekend as from its Friday", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -300, max: 300 }), (date, n) => {
        const from = weekday(date) > 5 ? addDays(date, 5 - weekday(date)) : date;
        const to = addSessions(weekdays, date, n);
        expect(isSession(weekdays, to)).toBe(true);
        expect(sessionsIn(weekdays, n < 0 ? to : from, n < 0 ? from : to)).toHaveLength(Math.abs(n) + 1);
      }),
    );
  });
});

describe("sessionClose", () => {
  it.each([
    [krx, "2016-07-29", "2016-07-29T06:00:00Z"],
    [krx, "2016-08-01", "2016-08-01T06:30:00Z"],
    [exchanges.TSE as ExchangeCalendar, "2024-11-01", "2024-11-01T06:00:00Z"],
    [exchanges.TSE as ExchangeCalendar, "2024-11-05", "2024-11-05T06:30:00Z"],
    [nyse, "2026-07-01", "2026-07-01T20:00:00Z"],
    [nyse, "2026-12-01", "2026-12-01T21:00:00Z"],
  ])("%o on %s", (calendar, date, expected) => {
    expect(isoInstant(sessionClose(calendar, date))).toBe(expected);
  });
});

describe("lastSession", () => {
  const close = Date.parse("2026-02-13T21:00:00Z");

  it.each([
    ["one millisecond before the close", close - 1, undefined, "2026-02-12"],
    ["at the close", close, undefined, "2026-02-13"],
    ["on Sunday", Date.parse("2026-02-15T12:00:00Z"), undefined, "2026-02-13"],
    ["with a lag of one session, at the next close", close, { sessions: 1, hours: 0 }, "2026-02-12"],
    [
      "with a lag of six hours, two hours after the close",
      close + 7_200_000,
      { sessions: 0, hours: 6 },
      "2026-02-12",
    ],
    [
      "with a lag of six hours, six hours after the close",
      close + 21_600_000,
      { sessions: 0, hours: 6 },
      "2026-02-13",
    ],
  ])("%s", (_, cutoff, lag, expected) => {
    expect(lastSession(nyse, cutoff, lag)).toBe(expected);
  });

  it("in Seoul is Friday's when New York's Friday has closed, and Saturday has begun there", () => {
    expect(lastSession(krx, Date.parse("2026-02-13T23:00:00Z"))).toBe("2026-02-13");
  });

  it("had closed, and the next had not", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 86_399_999 }), (date, ms) => {
        const cutoff = Date.parse(`${date}T00:00:00Z`) + ms;
        const session = lastSession(nyse, cutoff);
        expect(sessionClose(nyse, session)).toBeLessThanOrEqual(cutoff);
        expect(sessionClose(nyse, addSessions(nyse, session, 1))).toBeGreaterThan(cutoff);
      }),
    );
  });
});

describe("knownAtRule", () => {
  const series = (calendar: string, sessions: number, hours: number) =>
    ({ id: "x", calendar, lag: { sessions, hours } }) as Series;

  it.each([
    ["a price: its close", series("NYSE", 0, 0), "2026-02-13", "2026-02-13T21:00:00Z"],
    [
      "a flow: the next session's close, over the weekend and Presidents' Day",
      series("NYSE", 1, 0),
      "2026-02-13",
      "2026-02-17T21:00:00Z",
    ],
    [
      "two sessions and six hours, over the change of the clocks",
      series("NYSE", 2, 6),
      "2026-03-05",
      "2026-03-10T02:00:00Z",
    ],
    ["Seoul", series("KRX", 0, 0), "2026-02-13", "2026-02-13T06:30:00Z"],
  ])("%s", (_, each, date, expected) => {
    const rule = knownAtRule(exchanges);
    expect(isoInstant(rule(each, date))).toBe(expected);
    expect(isoInstant(rule(each, date))).toBe(expected);
  });

  it("throws where the calendar is unknown", () => {
    expect(() => knownAtRule({})(series("NYSE", 0, 0), "2026-02-13")).toThrow(RangeError);
  });
});
