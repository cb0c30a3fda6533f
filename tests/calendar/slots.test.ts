import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSlots, slotBefore, slotsBetween } from "#src/calendar/slots.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { SlotRule } from "#src/domain/schedule.ts";
import { addDays, isoInstant, weekday } from "#src/domain/time.ts";
import { anyExchange, anyScheduled, cron, exchange, london } from "#tests/calendar/cases.ts";

fc.configureGlobal({ seed: 20_260_213 });

const weekly: SlotRule = { kind: "week" };
const daily: SlotRule = { kind: "session" };

/** The slots between two days in UTC, as `AS-OF MOMENT`. */
function shown(slots: SlotRule, calendar: ExchangeCalendar, from: string, to: string, offsetMinutes = 120) {
  const [after, upTo] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  return slotsBetween({ slots, offsetMinutes }, calendar, after, upTo).map(
    ({ asOf, at }) => `${asOf} ${isoInstant(at)}`,
  );
}

describe("slots by week", () => {
  it("are the last session's: Thursday before Good Friday", () => {
    expect(shown(weekly, exchange("NYSE"), "2026-03-23", "2026-04-13")).toEqual([
      "2026-03-27 2026-03-27T22:00:00Z",
      "2026-04-02 2026-04-02T22:00:00Z",
      "2026-04-10 2026-04-10T22:00:00Z",
    ]);
  });

  it("are earlier on a day that closes early", () => {
    expect(shown(weekly, exchange("NYSE"), "2025-11-24", "2025-12-06")).toEqual([
      "2025-11-28 2025-11-28T20:00:00Z",
      "2025-12-05 2025-12-05T23:00:00Z",
    ]);
  });

  it("has none in a week off", () => {
    expect(
      shown(weekly, exchange("SSE"), "2026-02-09", "2026-03-01").map((slot) => slot.slice(0, 10)),
    ).toEqual(["2026-02-13", "2026-02-27"]);
    // Golden Week of 2025: Tuesday 30 September, and then Friday 10 October.
    expect(
      shown(weekly, exchange("SSE"), "2025-09-22", "2025-10-18").map((slot) => slot.slice(0, 10)),
    ).toEqual(["2025-09-26", "2025-09-30", "2025-10-10", "2025-10-17"]);
  });

  it("follows an offset into the next week", () => {
    expect(shown(weekly, exchange("NYSE"), "2026-02-14", "2026-02-21", 60 * 60)).toEqual([
      "2026-02-13 2026-02-16T09:00:00Z",
    ]);
  });

  it("of a calendar of the workspace's own are Fridays", () => {
    expect(shown(weekly, london, "2026-03-23", "2026-04-04")).toEqual([
      "2026-03-27 2026-03-27T18:30:00Z",
      "2026-04-03 2026-04-03T17:30:00Z",
    ]);
  });
});

describe("slots by session", () => {
  it("are every session's close plus the offset, over a holiday", () => {
    expect(shown(daily, exchange("KRX"), "2026-04-30", "2026-05-07", 30)).toEqual([
      "2026-04-30 2026-04-30T07:00:00Z",
      "2026-05-04 2026-05-04T07:00:00Z",
      "2026-05-06 2026-05-06T07:00:00Z",
    ]);
  });
});

describe("slots by cron", () => {
  it.each([
    [
      "New York skips 02:30",
      cron("30 2 * * *", "America/New_York"),
      "2027-03-13",
      "2027-03-16",
      ["2027-03-13T07:30:00Z", "2027-03-14T07:00:00Z", "2027-03-15T06:30:00Z"],
    ],
    [
      "New York has 01:30 twice",
      cron("30 1 * * *", "America/New_York"),
      "2027-11-06",
      "2027-11-09",
      ["2027-11-06T05:30:00Z", "2027-11-07T05:30:00Z", "2027-11-08T06:30:00Z"],
    ],
    [
      "London skips 01:30",
      cron("30 1 * * *", "Europe/London"),
      "2027-03-27",
      "2027-03-30",
      ["2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z"],
    ],
    [
      "London has 01:30 twice",
      cron("30 1 * * *", "Europe/London"),
      "2027-10-30",
      "2027-11-02",
      ["2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z"],
    ],
  ])("come once each intended time: %s", (_, rule, from, to, expected) => {
    expect(shown(rule, london, from, to).map((slot) => slot.slice(11))).toEqual(expected);
  });

  it("are named by the day of the calendar's zone, and asked for from any moment", () => {
    const rule = cron("0 7 * * 1-5", "Asia/Seoul");
    expect(shown(rule, exchange("NYSE"), "2026-02-12", "2026-02-15")).toEqual([
      "2026-02-12 2026-02-12T22:00:00Z",
    ]);
    const at = Date.parse("2026-02-12T22:00:00Z");
    const publication = { slots: rule, offsetMinutes: 0 };
    const firstAfter = (moment: number) => nextSlots(publication, exchange("NYSE"), moment, 1).slots[0]?.at;
    expect(firstAfter(at - 1)).toBe(at);
    expect(firstAfter(at)).toBeGreaterThan(at);
    expect(slotBefore(publication, exchange("NYSE"), at).at).toBeLessThan(at);
    expect(slotBefore(publication, exchange("NYSE"), at + 1).at).toBe(at);
  });

  it("at a fixed hour come on every day of six years once, at that hour unless the clocks skip it", () => {
    for (const zone of ["America/New_York", "Europe/London"]) {
      for (const [hour, expression] of [
        ["01:30", "30 1 * * *"],
        ["02:30", "30 2 * * *"],
      ] as const) {
        const slots = slotsBetween(
          { slots: cron(expression, zone), offsetMinutes: 0 },
          { ...london, zone },
          Date.UTC(2015, 0, 1, 12),
          Date.UTC(2021, 0, 1, 12),
        );
        const days = slots.map(({ asOf }) => asOf);
        expect(days).toEqual(Array.from({ length: days.length }, (_, i) => addDays("2015-01-02", i)));
        expect(days.at(-1)).toBe("2021-01-01");
        const clock = new Intl.DateTimeFormat("en-GB", {
          timeZone: zone,
          hour: "2-digit",
          minute: "2-digit",
        });
        const elsewhere = slots.filter(({ at }) => clock.format(at) !== hour);
        const skips = (zone === "Europe/London") === (hour === "01:30");
        expect(elsewhere).toHaveLength(skips ? 6 : 0);
      }
    }
  });
});

describe("the end of a calendar", () => {
  const nyse = exchange("NYSE");
  const until = nyse.table?.validUntil ?? "";
  const late = Date.parse(`${addDays(until, -10)}T00:00:00Z`);

  it("leaves the slots within it, and an error in place of the first beyond", () => {
    const { slots, end } = nextSlots({ slots: daily, offsetMinutes: 120 }, nyse, late, 100);
    expect(slots.length).toBeGreaterThan(3);
    expect(slots.every(({ asOf }) => asOf <= until)).toBe(true);
    expect(end).toMatchObject({ code: "CALENDAR_ENDS" });
    expect(end?.message).toContain(`NYSE are not known after ${until}`);
    const few = nextSlots({ slots: daily, offsetMinutes: 120 }, nyse, late, slots.length);
    expect(few).toEqual({ slots, end: null });
  });

  it("is an error for a span beyond it", () => {
    const beyond = Date.parse(`${addDays(until, 10)}T00:00:00Z`);
    expect(() => slotsBetween({ slots: weekly, offsetMinutes: 120 }, nyse, late, beyond)).toThrow(
      expect.objectContaining({ code: "CALENDAR_ENDS" }),
    );
  });

  it("in the middle of a week leaves that week's last session open", () => {
    if (nyse.table === null) throw new RangeError("no table");
    const ending = { ...nyse, table: { ...nyse.table, validUntil: "2026-12-30" } };
    const { slots, end } = nextSlots(
      { slots: weekly, offsetMinutes: 120 },
      ending,
      Date.UTC(2026, 11, 14),
      9,
    );
    expect(slots.map(({ asOf }) => asOf)).toEqual(["2026-12-18", "2026-12-24"]);
    expect(end).not.toBeNull();
  });

  it("does not stop cron", () => {
    const { slots, end } = nextSlots({ slots: cron("0 7 * * 1", "UTC"), offsetMinutes: 0 }, nyse, late, 20);
    expect([slots.length, end]).toEqual([20, null]);
  });
});

describe("slots in general", () => {
  it("are in order, and each follows the one that is before it", () => {
    const start = fc.integer({ min: Date.UTC(2015, 1, 1), max: Date.UTC(2026, 0, 1) });
    fc.assert(
      fc.property(anyScheduled, anyExchange, start, (publication, calendar, after) => {
        const upTo = after + 60 * 86_400_000;
        const slots = slotsBetween(publication, calendar, after, upTo);
        expect(slots.length).toBeGreaterThan(2);
        for (const [i, { at, asOf }] of slots.entries()) {
          expect(at).toBeGreaterThan(slots[i - 1]?.at ?? after);
          expect(asOf > (slots[i - 1]?.asOf ?? "")).toBe(true);
          if (i > 0) expect(slotBefore(publication, calendar, at)).toEqual(slots[i - 1]);
          expect(slotBefore(publication, calendar, at + 1)).toEqual(slots[i]);
        }
        expect(slots.at(-1)?.at).toBeLessThanOrEqual(upTo);
        expect(nextSlots(publication, calendar, after, slots.length).slots).toEqual(slots);
        // Two spans side by side have what the whole has.
        const middle = after + 23 * 86_400_000;
        expect([
          ...slotsBetween(publication, calendar, after, middle),
          ...slotsBetween(publication, calendar, middle, upTo),
        ]).toEqual(slots);
      }),
      { numRuns: 40 },
    );
  });
});

const data = process.env.TIDELINE_DATA;

interface Session {
  readonly id: string;
  readonly date: string;
  readonly close: number;
}

const publishedSessions = (folder: string): readonly Session[] =>
  readFileSync(join(folder, "calendars/sessions_2015_2027.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => row.split(","))
    .map(([id = "", , date = "", , close = ""]) => ({
      id,
      date,
      close: Date.parse(close.replace("Z", ":00Z")),
    }));

describe.skipIf(data === undefined)("against published sessions", () => {
  const mondayOf = (date: string) => addDays(date, 1 - weekday(date));

  it.each([
    ["NYSE", "NYSE"],
    ["KRX", "KRX"],
    ["TSE", "TSE_JPX"],
    ["HKEX", "HKEX"],
    ["SSE", "SSE"],
  ])("%s: every session, and the last of every week", (id, listed) => {
    const calendar = exchange(id);
    const until = calendar.table?.validUntil ?? "";
    const own = publishedSessions(data ?? "").filter((each) => each.id === listed && each.date <= until);
    const ends = own.filter(({ date }, i) => mondayOf(own[i + 1]?.date ?? "9999-01-01") !== mondayOf(date));
    for (const [slots, expected] of [
      [daily, own],
      [weekly, ends],
    ] as const) {
      const found = nextSlots({ slots, offsetMinutes: 90 }, calendar, Date.UTC(2015, 0, 1), 9999).slots;
      // A week in which the calendar ends may go on after it.
      expect(expected.length - found.length).toBeLessThanOrEqual(slots === weekly ? 1 : 0);
      expect(found.map(({ asOf }) => asOf)).toEqual(expected.slice(0, found.length).map(({ date }) => date));
      // Hong Kong's closing auction, which makes the closing price, ends after the session of that list.
      const later = found.map(({ at }, i) => at / 60_000 - 90 - (expected[i]?.close ?? 0) / 60_000);
      expect(later.filter((minutes) => !(id === "HKEX" ? [0, 8, 10] : [0]).includes(minutes))).toEqual([]);
    }
  });
});
