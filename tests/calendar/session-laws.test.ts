import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exchanges } from "#src/calendar/exchanges.ts";
import {
  addSessions,
  isSession,
  lastSession,
  sessionClose,
  sessionsAfter,
  sessionsIn,
} from "#src/calendar/sessions.ts";
import { addDays } from "#src/domain/time.ts";
import { exchange, tableOf } from "#tests/calendar/exchange.ts";

fc.configureGlobal({ seed: 20_260_213 });

const ids = Object.keys(exchanges);
const anyId = fc.constantFrom(...ids);
/** From two years before the tables to two weeks before the first of them ends. */
const anyDay = fc.integer({ min: 0, max: 5095 }).map((n) => addDays("2013-01-01", n));

describe("addSessions", () => {
  it("over holidays, and across the beginning of a table", () => {
    expect(addSessions(exchange("NYSE"), "2026-04-02", 1)).toBe("2026-04-06");
    expect(addSessions(exchange("SSE"), "2026-02-13", 1)).toBe("2026-02-24");
    expect(addSessions(exchange("SSE"), "2026-02-20", 0)).toBe("2026-02-13");
    // 1 January 2015 is in the table, 31 December 2014 a weekday before it.
    expect(addSessions(exchange("SSE"), "2015-01-05", -1)).toBe("2014-12-31");
    expect(addSessions(exchange("SSE"), "2014-12-31", 1)).toBe("2015-01-05");
    expect(addSessions(exchange("NYSE"), "2014-12-26", -1)).toBe("2014-12-25");
  });

  it("there and back again is where it was, from a session", () => {
    fc.assert(
      fc.property(anyId, anyDay, fc.integer({ min: -300, max: 300 }), (id, day, n) => {
        const calendar = exchange(id);
        const from = addSessions(calendar, day, n < 0 ? 0 : -n);
        expect(addSessions(calendar, addSessions(calendar, from, n), -n)).toBe(from);
      }),
    );
  });

  it("is a session, that many after the last one, and each step is one later", () => {
    fc.assert(
      fc.property(anyId, anyDay, fc.integer({ min: -300, max: 10 }), (id, day, n) => {
        const calendar = exchange(id);
        const from = addSessions(calendar, day, 0);
        const to = addSessions(calendar, day, n);
        expect(isSession(calendar, to)).toBe(true);
        expect(sessionsIn(calendar, n < 0 ? to : from, n < 0 ? from : to)).toHaveLength(Math.abs(n) + 1);
        expect(sessionsAfter(calendar, to, from)).toBe(Math.max(0, -n));
        expect(addSessions(calendar, day, n - 1) < to).toBe(true);
      }),
    );
  });

  // The laws above would hold of a calendar that never closed, too: these days tell.
  it("has met days of each exchange that are weekdays and no sessions", () => {
    for (const id of ids) {
      const closed = sessionsIn({ ...exchange(id), table: null }, "2015-01-01", "2026-12-31").filter(
        (day) => !isSession(exchange(id), day),
      );
      expect(closed.length).toBeGreaterThan(100);
      expect(new Set(closed)).toEqual(new Set([...tableOf(id).closed].filter((day) => day < "2027")));
    }
  });
});

describe("sessionsIn", () => {
  it("are the days that are sessions, on any span", () => {
    fc.assert(
      fc.property(anyId, anyDay, fc.integer({ min: -5, max: 40 }), (id, start, n) => {
        const days = Array.from({ length: Math.max(0, n) }, (_, i) => addDays(start, i));
        const expected = days.filter((day) => isSession(exchange(id), day));
        expect(sessionsIn(exchange(id), start, addDays(start, n - 1))).toEqual(expected);
      }),
    );
  });
});

describe("lastSession", () => {
  it("had closed, and the next had not, on days of other clocks too", () => {
    fc.assert(
      fc.property(anyId, anyDay, fc.integer({ min: 0, max: 86_399_999 }), (id, date, ms) => {
        const cutoff = Date.parse(`${date}T00:00:00Z`) + ms;
        const session = lastSession(exchange(id), cutoff);
        expect(isSession(exchange(id), session)).toBe(true);
        expect(sessionClose(exchange(id), session)).toBeLessThanOrEqual(cutoff);
        expect(sessionClose(exchange(id), addSessions(exchange(id), session, 1))).toBeGreaterThan(cutoff);
      }),
      { numRuns: 500 },
    );
  });

  it("knows an early close at once, and not before", () => {
    const close = Date.parse("2026-11-27T18:00:00Z");
    expect(lastSession(exchange("NYSE"), close)).toBe("2026-11-27");
    expect(lastSession(exchange("NYSE"), close - 1)).toBe("2026-11-25");
  });
});
