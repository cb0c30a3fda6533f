import { describe, expect, it } from "vitest";
import { cutoffOf, issueNumber, lastWeeklyCutoff, previousCutoff } from "#src/calendar/cutoff.ts";
import { exchanges } from "#src/calendar/exchanges.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { isoInstant } from "#src/domain/time.ts";

const weekly = { offsetMinutes: 120 };
const london: ExchangeCalendar = {
  opens: [],
  table: null,
  id: "LSE",
  zone: "Europe/London",
  closes: [{ from: "0001-01-01", at: "16:30" }],
};
const exchange = (id: string): ExchangeCalendar => {
  const found = exchanges[id];
  if (found === undefined) throw new RangeError(id);
  return found;
};
const nyse = exchange("NYSE");

describe("cutoffOf", () => {
  it.each([
    ["New York before the spring change", nyse, "2026-03-06", "2026-03-06T23:00:00Z"],
    ["New York after the spring change", nyse, "2026-03-13", "2026-03-13T22:00:00Z"],
    ["New York before the autumn change", nyse, "2026-10-30", "2026-10-30T22:00:00Z"],
    ["New York after the autumn change", nyse, "2026-11-06", "2026-11-06T23:00:00Z"],
    ["London before the spring change", london, "2026-03-27", "2026-03-27T18:30:00Z"],
    ["London after the spring change", london, "2026-04-03", "2026-04-03T17:30:00Z"],
    ["Seoul before its longer day", exchange("KRX"), "2016-07-29", "2016-07-29T08:00:00Z"],
    ["Seoul from the first longer day", exchange("KRX"), "2016-08-01", "2016-08-01T08:30:00Z"],
    ["Tokyo before its longer day", exchange("TSE"), "2024-11-01", "2024-11-01T08:00:00Z"],
    ["Tokyo from the first longer day", exchange("TSE"), "2024-11-05", "2024-11-05T08:30:00Z"],
  ])("is the close plus the offset: %s", (_, calendar, date, expected) => {
    const cutoff = cutoffOf(weekly, calendar, date);
    expect(cutoff.date).toBe(date);
    expect(isoInstant(cutoff.instant)).toBe(expected);
  });

  it("takes a weekend as given, at the closing hour of the zone", () => {
    expect(isoInstant(cutoffOf(weekly, nyse, "2026-02-14").instant)).toBe("2026-02-14T23:00:00Z");
    // The clocks of New York change in the night before this Sunday.
    expect(isoInstant(cutoffOf(weekly, nyse, "2026-03-08").instant)).toBe("2026-03-08T22:00:00Z");
  });

  it("takes an instant as it is, and names it by the day in the calendar's zone", () => {
    const cutoff = cutoffOf(weekly, nyse, "2026-02-14T02:15:00Z");
    expect(cutoff.date).toBe("2026-02-13");
    expect(isoInstant(cutoff.instant)).toBe("2026-02-14T02:15:00Z");
    expect(cutoffOf(weekly, nyse, "2026-02-13T18:00:00-05:00").instant).toBe(
      cutoffOf(weekly, nyse, "2026-02-13").instant,
    );
  });

  it.each(["2026-02-30", "13.02.2026", "2026-02-13T18:00:00", "2026-02-13T25:00Z", "", "latest"])(
    "refuses %j",
    (text) => {
      expect(() => cutoffOf(weekly, nyse, text)).toThrow(expect.objectContaining({ code: "USAGE" }));
    },
  );
});

describe("previousCutoff", () => {
  it.each([
    ["2026-03-13", "2026-03-06T23:00:00Z"],
    ["2026-11-06", "2026-10-30T22:00:00Z"],
    ["2026-02-13", "2026-02-06T23:00:00Z"],
  ])("of %s is the same hour in New York seven days earlier", (date, expected) => {
    const previous = previousCutoff(weekly, nyse, cutoffOf(weekly, nyse, date));
    expect(isoInstant(previous.instant)).toBe(expected);
    expect(previous.date).toBe(isoInstant(previous.instant).slice(0, 10));
  });

  it("of a slot takes the closing hour that was then in force", () => {
    const previous = previousCutoff(weekly, exchange("TSE"), cutoffOf(weekly, exchange("TSE"), "2024-11-08"));
    expect(isoInstant(previous.instant)).toBe("2024-11-01T08:00:00Z");
  });

  it("of an instant keeps its own hour across a change of the clocks", () => {
    const previous = previousCutoff(weekly, nyse, cutoffOf(weekly, nyse, "2026-03-13T09:15:00-04:00"));
    expect(isoInstant(previous.instant)).toBe("2026-03-06T14:15:00Z");
    expect(previous.date).toBe("2026-03-06");
  });
});

describe("lastWeeklyCutoff", () => {
  it.each([
    ["one millisecond before Friday's cut-off", Date.parse("2026-02-13T23:00:00Z") - 1, "2026-02-06"],
    ["at Friday's cut-off", Date.parse("2026-02-13T23:00:00Z"), "2026-02-13"],
    ["on Saturday", Date.parse("2026-02-14T12:00:00Z"), "2026-02-13"],
    ["on the next Thursday", Date.parse("2026-02-19T23:30:00Z"), "2026-02-13"],
    ["on Saturday in UTC that is still Friday in New York", Date.parse("2026-02-14T01:00:00Z"), "2026-02-13"],
  ])("%s", (_, now, expected) => {
    const cutoff = lastWeeklyCutoff(weekly, nyse, now);
    expect(cutoff).toEqual(cutoffOf(weekly, nyse, expected));
    expect(cutoff.instant).toBeLessThanOrEqual(now);
  });
});

describe("issueNumber", () => {
  it.each([
    ["2026-01-02", 1],
    ["2026-01-08", 1],
    ["2026-01-09", 2],
    ["2026-02-13", 7],
    ["2025-12-26", null],
  ])("of %s is %s", (date, expected) => {
    expect(issueNumber({ first: "2026-01-02" }, date)).toBe(expected);
  });

  it("is null where the publication carries no numbers", () => {
    expect(issueNumber({ first: null }, "2026-01-02")).toBeNull();
  });
});
