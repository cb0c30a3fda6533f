import { describe, expect, it } from "vitest";
import { cutoffOf, issueNumber, lastCutoff, previousCutoff } from "#src/calendar/cutoff.ts";
import { exchanges } from "#src/calendar/exchanges.ts";
import type { SlotsOf } from "#src/calendar/slots.ts";
import type { ExchangeCalendar, SessionTable } from "#src/domain/calendar.ts";
import { isoInstant } from "#src/domain/time.ts";

const weekly = { slots: { kind: "week" }, offsetMinutes: 120 } as const;
const daily = { slots: { kind: "session" }, offsetMinutes: 120 } as const;
const mornings = {
  slots: { kind: "cron", expression: "0 7 * * 1-5", zone: "Europe/London" },
  offsetMinutes: 120,
} as const;
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
const table = (calendar: ExchangeCalendar): SessionTable => {
  if (calendar.table === null) throw new RangeError(calendar.id);
  return calendar.table;
};

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

describe("previousCutoff by the publication's rule", () => {
  const precedingOf = (publication: SlotsOf, calendar: ExchangeCalendar, asOf: string) => {
    const { date, instant } = previousCutoff(publication, calendar, cutoffOf(publication, calendar, asOf));
    return [date, isoInstant(instant)];
  };

  it.each([
    [
      "the Friday after Good Friday follows a Thursday",
      weekly,
      nyse,
      "2026-04-10",
      "2026-04-02",
      "22:00:00Z",
    ],
    ["that Thursday follows a Friday", weekly, nyse, "2026-04-02", "2026-03-27", "22:00:00Z"],
    ["an early close is a slot", weekly, nyse, "2025-11-28", "2025-11-21", "23:00:00Z"],
    ["and the slot before", weekly, nyse, "2025-12-05", "2025-11-28", "20:00:00Z"],
    ["a week off is passed over", weekly, exchange("SSE"), "2026-02-27", "2026-02-13", "09:00:00Z"],
    ["a weekly of a Wednesday follows a Wednesday", weekly, nyse, "2026-02-11", "2026-02-04", "23:00:00Z"],
    ["a daily of a Monday follows a Friday", daily, nyse, "2026-02-09", "2026-02-06", "23:00:00Z"],
    [
      "a daily of an hour follows the last slot",
      daily,
      nyse,
      "2026-02-10T12:00:00Z",
      "2026-02-09",
      "23:00:00Z",
    ],
    [
      "cron follows cron, across the clocks",
      mornings,
      nyse,
      "2026-03-30T06:00:00Z",
      "2026-03-27",
      "07:00:00Z",
    ],
    ["cron of a Saturday follows Friday's", mornings, nyse, "2026-02-14", "2026-02-13", "07:00:00Z"],
  ] as const)("%s", (_, publication, calendar, asOf, date, time) => {
    expect(precedingOf(publication, calendar, asOf)).toEqual([date, `${date}T${time}`]);
  });

  it("is answered on the last days of a calendar too", () => {
    const until = "2026-12-31";
    const ending = { ...nyse, table: { ...table(nyse), validUntil: until } };
    expect(precedingOf(weekly, ending, until)).toEqual(["2026-12-24", "2026-12-24T20:00:00Z"]);
  });
});

describe("a day of a publication by cron", () => {
  it("is its slot of that day, and otherwise the calendar's close plus the offset", () => {
    expect(isoInstant(cutoffOf(mornings, nyse, "2026-02-13").instant)).toBe("2026-02-13T07:00:00Z");
    expect(isoInstant(cutoffOf(mornings, nyse, "2026-02-14").instant)).toBe("2026-02-14T23:00:00Z");
  });
});

describe("lastCutoff", () => {
  it.each([
    ["one millisecond before Friday's cut-off", Date.parse("2026-02-13T23:00:00Z") - 1, "2026-02-06"],
    ["at Friday's cut-off", Date.parse("2026-02-13T23:00:00Z"), "2026-02-13"],
    ["on Saturday", Date.parse("2026-02-14T12:00:00Z"), "2026-02-13"],
    ["on the next Thursday", Date.parse("2026-02-19T23:30:00Z"), "2026-02-13"],
    ["on Saturday in UTC that is still Friday in New York", Date.parse("2026-02-14T01:00:00Z"), "2026-02-13"],
  ])("%s", (_, now, expected) => {
    const cutoff = lastCutoff(weekly, nyse, now);
    expect(cutoff).toEqual(cutoffOf(weekly, nyse, expected));
    expect(cutoff.instant).toBeLessThanOrEqual(now);
  });
});

describe("issueNumber", () => {
  const first = "2026-01-02";

  it.each([
    ["2026-01-02", 1],
    ["2026-01-04", 1],
    ["2026-01-08", 2],
    ["2026-01-09", 2],
    ["2026-02-13", 7],
    ["2026-03-27", 13],
    // Good Friday is the third.
    ["2026-04-02", 14],
    ["2026-04-03", 14],
    ["2026-04-10", 15],
    ["2025-12-26", null],
  ])("of a weekly of %s is %s", (date, expected) => {
    expect(issueNumber({ ...weekly, first }, nyse, date)).toBe(expected);
  });

  it("of a weekly passes over weeks without a session", () => {
    const numbers = ["2025-09-26", "2025-09-30", "2025-10-10", "2025-10-17"].map((date) =>
      issueNumber({ ...weekly, first: "2025-09-26" }, exchange("SSE"), date),
    );
    // The week of 6 October has sessions on Thursday and Friday.
    expect(numbers).toEqual([1, 2, 3, 4]);
    const newYear = ["2026-02-13", "2026-02-24", "2026-02-27"].map((date) =>
      issueNumber({ ...weekly, first: "2026-02-13" }, exchange("SSE"), date),
    );
    expect(newYear).toEqual([1, 2, 2]);
  });

  it.each([
    ["2026-01-02", 1],
    ["2026-01-05", 2],
    ["2026-01-16", 11],
    // Martin Luther King's day.
    ["2026-01-19", 11],
    ["2026-01-20", 12],
  ])("of a daily of %s is %s", (date, expected) => {
    expect(issueNumber({ ...daily, first }, nyse, date)).toBe(expected);
  });

  it.each([
    ["2026-01-02", 1],
    ["2026-01-03", 1],
    ["2026-01-05", 2],
    ["2026-01-19", 12],
  ])("by cron of %s is %s, whatever the exchange does", (date, expected) => {
    expect(issueNumber({ ...mornings, first }, nyse, date)).toBe(expected);
  });

  it("is null where the publication carries no numbers", () => {
    expect(issueNumber({ ...weekly, first: null }, nyse, "2026-01-02")).toBeNull();
  });
});
