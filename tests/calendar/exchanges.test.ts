import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exchanges } from "#src/calendar/exchanges.ts";
import { isSession, sessionClose, sessionOpen, sessionsIn } from "#src/calendar/sessions.ts";
import { daysBetween, isoInstant, weekday } from "#src/domain/time.ts";
import { exchange, tableOf } from "#tests/calendar/exchange.ts";

const ids = Object.keys(exchanges);

describe("sessions of a year", () => {
  // 2015 … 2027, as counted in the exchanges' own calendars.
  it.each([
    ["NYSE", [252, 252, 251, 251, 252, 253, 252, 251, 250, 252, 250, 251, 251]],
    ["KRX", [248, 246, 243, 244, 246, 248, 248, 246, 245, 244, 242, 244, 245]],
    ["TSE", [244, 245, 247, 245, 241, 242, 245, 244, 246, 245, 243, 242, 244]],
    ["HKEX", [247, 245, 246, 246, 246, 248, 247, 246, 243, 246, 246, 247, 248]],
    ["SSE", [244, 244, 244, 243, 244, 243, 243, 242, 242, 242, 243, 242]],
  ])("of %s", (id, counts) => {
    const found = counts.map(
      (_, i) => sessionsIn(exchange(id), `${2015 + i}-01-01`, `${2015 + i}-12-31`).length,
    );
    expect(found).toEqual(counts);
  });
});

describe("known days", () => {
  it.each([
    ["NYSE", "2018-12-05", "a day of mourning"],
    ["NYSE", "2025-01-09", "a day of mourning"],
    ["NYSE", "2026-04-03", "Good Friday"],
    ["NYSE", "2026-07-03", "Independence Day observed"],
    ["KRX", "2024-05-01", "Labour Day"],
    ["KRX", "2026-07-17", "Constitution Day, a holiday again"],
    ["KRX", "2025-12-31", "the end of the year"],
    ["TSE", "2019-05-06", "ten days for the new emperor"],
    ["TSE", "2017-12-31", "a Sunday"],
    ["HKEX", "2023-09-08", "a rainstorm"],
    ["SSE", "2020-01-31", "the longer New Year of the epidemic"],
    ["SSE", "2026-02-23", "Lunar New Year"],
  ])("%s does not meet on %s, %s", (id, date) => {
    expect(isSession(exchange(id), date)).toBe(false);
  });

  it.each([
    ["NYSE", "2021-12-31"],
    ["TSE", "2017-12-25"],
    ["HKEX", "2026-02-16"],
    ["SSE", "2020-02-03"],
  ])("%s meets on %s", (id, date) => {
    expect(isSession(exchange(id), date)).toBe(true);
  });

  // The last week before and the first of other clocks; days with their own hours; changes of the usual hours.
  it.each([
    ["NYSE", "2026-03-06", "2026-03-06T14:30:00Z", "2026-03-06T21:00:00Z"],
    ["NYSE", "2026-03-09", "2026-03-09T13:30:00Z", "2026-03-09T20:00:00Z"],
    ["NYSE", "2026-10-30", "2026-10-30T13:30:00Z", "2026-10-30T20:00:00Z"],
    ["NYSE", "2026-11-02", "2026-11-02T14:30:00Z", "2026-11-02T21:00:00Z"],
    ["NYSE", "2026-11-27", "2026-11-27T14:30:00Z", "2026-11-27T18:00:00Z"],
    ["NYSE", "2025-07-03", "2025-07-03T13:30:00Z", "2025-07-03T17:00:00Z"],
    ["KRX", "2016-07-29", "2016-07-29T00:00:00Z", "2016-07-29T06:00:00Z"],
    ["KRX", "2016-08-01", "2016-08-01T00:00:00Z", "2016-08-01T06:30:00Z"],
    ["KRX", "2025-11-13", "2025-11-13T01:00:00Z", "2025-11-13T07:30:00Z"],
    ["KRX", "2026-01-02", "2026-01-02T01:00:00Z", "2026-01-02T06:30:00Z"],
    ["TSE", "2024-11-01", "2024-11-01T00:00:00Z", "2024-11-01T06:00:00Z"],
    ["TSE", "2024-11-05", "2024-11-05T00:00:00Z", "2024-11-05T06:30:00Z"],
    ["HKEX", "2016-07-22", "2016-07-22T01:30:00Z", "2016-07-22T08:00:00Z"],
    ["HKEX", "2016-07-25", "2016-07-25T01:30:00Z", "2016-07-25T08:10:00Z"],
    ["HKEX", "2026-02-16", "2026-02-16T01:30:00Z", "2026-02-16T04:10:00Z"],
    ["SSE", "2026-02-13", "2026-02-13T01:30:00Z", "2026-02-13T07:00:00Z"],
  ])("%s on %s opens at %s and closes at %s", (id, date, open, close) => {
    expect(isoInstant(sessionOpen(exchange(id), date) ?? Number.NaN)).toBe(open);
    expect(isoInstant(sessionClose(exchange(id), date))).toBe(close);
  });

  it("a day without a session answers by the usual hours", () => {
    expect(isoInstant(sessionClose(exchange("NYSE"), "2026-04-03"))).toBe("2026-04-03T20:00:00Z");
  });

  it("an exchange that states no opening hour has none", () => {
    expect(sessionOpen({ ...exchange("NYSE"), opens: [] }, "2026-02-13")).toBeNull();
  });
});

interface PublishedSession {
  readonly date: string;
  readonly open: string;
  readonly close: string;
}

const data = process.env.TIDELINE_DATA;

describe.runIf(data)(
  "the tables (skipped where TIDELINE_DATA does not name the exchanges' calendars)",
  () => {
    const rows = (): readonly string[][] =>
      readFileSync(join(data ?? "", "calendars", "sessions_2015_2027.csv"), "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(","));
    const published = (name: string): readonly PublishedSession[] =>
      rows().flatMap(([exchangeName, , date = "", open = "", close = ""]) =>
        exchangeName === name ? [{ date, open, close }] : [],
      );
    const minute = (instant: number | null): string =>
      new Date(instant ?? 0).toISOString().replace(/:00\.000/, "");
    /** Hong Kong's closing auction ends ten minutes after the continuous trading that the data know. */
    const auctionMs = (id: string, date: string): number =>
      id === "HKEX" && date >= "2016-07-25" ? 600_000 : 0;

    it.each([
      ["NYSE", "NYSE", "2027-12-31"],
      ["KRX", "KRX", "2027-12-31"],
      ["TSE", "TSE_JPX", "2027-12-31"],
      ["HKEX", "HKEX", "2027-12-31"],
      ["SSE", "SSE", "2026-12-31"],
    ])("%s: every session, opening and close", (id, name, validUntil) => {
      const calendar = exchange(id);
      expect(tableOf(id)).toMatchObject({ validFrom: "2015-01-01", validUntil });
      const found = sessionsIn(calendar, "2015-01-01", validUntil).map((date) => ({
        date,
        open: minute(sessionOpen(calendar, date)),
        close: minute(sessionClose(calendar, date) - auctionMs(id, date)),
      }));
      expect(found).toEqual(published(name));
      expect(found.length).toBeGreaterThan(2900);
    });
  },
);

describe("a table", () => {
  it.each(ids)("of %s closes weekdays only, each inside its years, and special days are sessions", (id) => {
    const { closed, special, validFrom, validUntil, source } = tableOf(id);
    expect([...closed].filter((day) => weekday(day) > 5 || day < validFrom || day > validUntil)).toEqual([]);
    expect([...special.keys()].filter((day) => !isSession(exchange(id), day))).toEqual([]);
    expect(daysBetween(validFrom, validUntil)).toBeGreaterThan(4300);
    expect(source).not.toBe("");
  });
});
