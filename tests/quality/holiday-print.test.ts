import { describe, expect, it } from "vitest";
import { sessionsIn } from "#src/calendar/sessions.ts";
import type { Kind } from "#src/domain/series.ts";
import { holidayPrint } from "#src/quality/holiday-print.ts";
import { exchange } from "#tests/calendar/exchange.ts";
import { valuesOf, walk } from "#tests/quality/values.ts";

/** A walk over the sessions of an exchange, and a value on each of the given days as well. */
function found(
  extra: Readonly<Record<string, number>>,
  { kind = "level" as Kind, calendar = exchange("NYSE"), from = "2024-01-02", to = "2026-02-13" } = {},
) {
  const sessions = sessionsIn(exchange("NYSE"), from, to);
  const values = new Map(walk(sessions.length).map((value, i) => [sessions[i] ?? "", value]));
  for (const [day, value] of Object.entries(extra)) values.set(day, value);
  const dates = [...values.keys()].sort();
  const all = dates.map((day) => values.get(day) ?? 0);
  return holidayPrint(valuesOf(kind, all, { dates, calendar }));
}

describe("a value on a holiday", () => {
  it("of its exchange does not count; without one, and on the days beside it, all is well", () => {
    expect(found({})).toEqual([]);
    expect(found({ "2025-04-18": 107 })).toEqual([
      {
        gate: "holiday-print",
        symptom: "holiday",
        from: "2025-04-18",
        to: "2025-04-18",
        days: ["2025-04-18"],
        found: "107 on 2025-04-18, when NYSE did not meet",
        expected: "a session of NYSE",
      },
    ]);
    expect(found({ "2025-04-17": 107, "2025-04-21": 108 })).toEqual([]);
  });

  it.each(["price", "total-return", "level"] as const)("is none of a %s", (kind) => {
    expect(found({ "2025-04-18": 107 }, { kind }).map(({ from }) => from)).toEqual(["2025-04-18"]);
  });

  // Foreign exchange and bonds have days of their own, and a fund's flow may be dated on any.
  it.each(["fx", "yield", "flow", "aum", "count", "tone", "ratio"] as const)("may be one of a %s", (kind) => {
    expect(found({ "2025-04-18": 107 }, { kind })).toEqual([]);
  });

  it("is not known of a calendar without a table, of the years before it, and after it", () => {
    expect(found({ "2025-04-18": 107 }, { calendar: { ...exchange("NYSE"), table: null } })).toEqual([]);
    expect(found({ "2014-12-25": 107 }, { from: "2014-06-02", to: "2015-06-30" })).toEqual([]);
    const { table } = exchange("NYSE");
    const until = (validUntil: string) => ({
      ...exchange("NYSE"),
      table: table === null ? null : { ...table, validUntil },
    });
    expect(found({ "2025-04-18": 107 }, { calendar: until("2025-04-17") })).toEqual([]);
    expect(found({ "2025-04-18": 107 }, { calendar: until("2025-04-18") })).toHaveLength(1);
  });
});

describe("values on many holidays", () => {
  const closures = ["2025-01-20", "2025-02-17", "2025-04-18", "2025-05-26", "2025-06-19", "2025-07-04"];
  const moving = (days: readonly string[]) => Object.fromEntries(days.map((day, i) => [day, 90 + i]));

  it("are those of a series that keeps another calendar, where it moves on more than half of six", () => {
    expect(found(moving(closures))).toEqual([]);
    expect(found(moving(["2025-01-20", "2025-02-17", "2025-06-19", "2025-07-04"]))).toEqual([]);
    expect(found(moving(["2025-01-20", "2025-02-17", "2025-07-04"]))).toHaveLength(3);
    expect(found(moving(closures.slice(1)))).toHaveLength(5);
  });

  it("are filled rows where each repeats the close before", () => {
    const sessions = sessionsIn(exchange("NYSE"), "2024-01-02", "2026-02-13");
    const price = walk(sessions.length);
    const repeats = Object.fromEntries(
      closures.map((day) => [day, price[sessions.findLastIndex((session) => session < day)] ?? 0]),
    );
    expect(found(repeats)).toHaveLength(6);
  });
});
