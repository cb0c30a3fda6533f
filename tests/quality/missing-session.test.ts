import { describe, expect, it } from "vitest";
import { sessionsIn } from "#src/calendar/sessions.ts";
import type { Kind } from "#src/domain/series.ts";
import { addDays, weekday } from "#src/domain/time.ts";
import { missingSession } from "#src/quality/missing-session.ts";
import { missingWeekday } from "#src/quality/missing-weekday.ts";
import type { Values } from "#src/quality/suspicion.ts";
import { exchange } from "#tests/calendar/exchange.ts";
import { valuesOf, walk } from "#tests/quality/values.ts";

/** A walk over the sessions of an exchange but for some. */
function lacking(
  lacks: (day: string, i: number) => boolean,
  { kind = "level" as Kind, calendar = exchange("NYSE"), from = "2024-01-02", to = "2026-02-13" } = {},
): Values {
  const dates = sessionsIn(exchange("NYSE"), from, to).filter((day, i) => !lacks(day, i));
  return valuesOf(kind, walk(dates.length), { dates, calendar });
}
const found = (...args: Parameters<typeof lacking>) => missingSession(lacking(...args));
const days =
  (...missing: readonly string[]) =>
  (day: string): boolean =>
    missing.includes(day);

describe("a session that is missing", () => {
  it("is told with its day, one finding a series, and nothing is set aside", () => {
    expect(found(days())).toEqual([]);
    expect(found(days("2025-03-12"))).toEqual([
      {
        gate: "missing-session",
        symptom: "session",
        from: "2025-03-12",
        to: "2025-03-12",
        days: [],
        n: 1,
        found: "no value on 1 of 532 sessions, on 2025-03-12",
        expected: "a value on every session of NYSE",
      },
    ]);
    expect(found(days("2025-03-12", "2024-07-09", "2026-01-05"))).toMatchObject([
      { from: "2024-07-09", to: "2026-01-05", n: 3 },
    ]);
  });

  it("is none on a holiday, before the first value, or after the last", () => {
    // Good Friday lies inside; what lies outside is told by a series' age.
    expect(found((day) => day < "2024-06-03" || day > "2025-12-31")).toEqual([]);
  });

  it.each(["price", "total-return"] as const)("is told of a %s", (kind) => {
    expect(found(days("2025-03-12"), { kind })).toHaveLength(1);
  });

  // Columbus Day is no holiday of the exchange and one of the bond market; a fund reports when it does.
  it.each(["fx", "yield", "flow", "aum", "count", "tone", "ratio"] as const)(
    "is not told of a %s",
    (kind) => {
      expect(found(days("2025-10-13"), { kind })).toEqual([]);
    },
  );

  it("is not known of a calendar without a table, nor before its first day", () => {
    expect(found(days("2025-03-12"), { calendar: { ...exchange("NYSE"), table: null } })).toEqual([]);
    const old = { from: "2014-06-02", to: "2015-06-30" };
    expect(found(days("2014-12-30"), old)).toEqual([]);
    expect(found(days("2014-12-30", "2015-01-05"), old)).toMatchObject([{ from: "2015-01-05", n: 1 }]);
  });
});

describe("a series that is not daily", () => {
  it("is not meant: one with values on fewer than three quarters of the sessions", () => {
    expect(found((day) => weekday(day) !== 3)).toEqual([]);
    const share = (every: number) => found((_, i) => i > 0 && i % every === 1);
    expect(share(4)[0]?.n).toBe(133);
    expect(share(3)).toEqual([]);
  });
});

describe("a weekday that is missing again and again", () => {
  const mondays = (day: string): boolean =>
    weekday(day) === 1 && day >= "2025-09-08" && day < addDays("2025-09-08", 7 * 7);

  it("is told as that, and its days not again", () => {
    expect(missingWeekday(lacking(mondays))).toMatchObject([{ from: "2025-09-08", to: "2025-10-20", n: 7 }]);
    expect(found(mondays)).toEqual([]);
    expect(found((day) => mondays(day) || day === "2025-09-10")).toMatchObject([
      { from: "2025-09-10", to: "2025-09-10", n: 1 },
    ]);
  });

  it("is none where those days were holidays", () => {
    // Four Mondays of eight weeks missing, and Labour Day among them: four, and not five.
    const four = days("2025-08-18", "2025-08-25", "2025-09-08", "2025-09-15");
    expect(missingWeekday(lacking(four))).toEqual([]);
    expect(found(four)).toMatchObject([{ from: "2025-08-18", to: "2025-09-15", n: 4 }]);
    const weekdays = { ...exchange("NYSE"), table: null };
    expect(missingWeekday(lacking(four, { calendar: weekdays }))).toHaveLength(1);
  });
});
