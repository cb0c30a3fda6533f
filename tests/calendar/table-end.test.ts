import { describe, expect, it } from "vitest";
import {
  addSessions,
  isSession,
  knownAfter,
  lastSession,
  sessionClose,
  sessionOpen,
  sessionsAfter,
  sessionsIn,
} from "#src/calendar/sessions.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { isoInstant } from "#src/domain/time.ts";
import { exchange } from "#tests/calendar/exchange.ts";

describe("the end of a table", () => {
  const problemOf = (run: () => unknown): TidelineError => {
    try {
      run();
    } catch (error) {
      if (error instanceof TidelineError) return error;
    }
    throw new RangeError("did not fail");
  };

  it("is an error that names the calendar, its last day, the day asked for, and what to do", () => {
    const error = problemOf(() => isSession(exchange("SSE"), "2027-01-04"));
    expect(error.code).toBe("CALENDAR_ENDS");
    expect(error.message).toBe(
      "the sessions of calendar SSE are not known after 2026-12-31\n  found 2027-01-04, expected a day up to 2026-12-31; a newer Tideline may know more, and `calendars.SSE` in tideline.yaml states zone, closes, closed and a later validUntil in its place",
    );
  });

  it.each([
    ["sessionOpen", () => sessionOpen(exchange("SSE"), "2027-01-01")],
    ["sessionClose", () => sessionClose(exchange("SSE"), "2027-01-01")],
    ["addSessions", () => addSessions(exchange("SSE"), "2026-12-31", 1)],
    ["sessionsIn", () => sessionsIn(exchange("SSE"), "2026-12-31", "2027-01-01")],
    ["sessionsAfter", () => sessionsAfter(exchange("SSE"), "2026-12-31", "2027-01-01")],
    ["knownAfter", () => knownAfter(exchange("SSE"), "2027-01-01", { sessions: 0, hours: 0 })],
    ["lastSession", () => lastSession(exchange("SSE"), Date.parse("2027-01-01T07:00:00Z"))],
  ])("of %s", (_, ask) => {
    expect(problemOf(ask).code).toBe("CALENDAR_ENDS");
  });

  it("is not met on its last day, nor while the day after it has not closed anywhere", () => {
    expect(sessionsIn(exchange("SSE"), "2026-12-31", "2026-12-31")).toEqual(["2026-12-31"]);
    expect(lastSession(exchange("SSE"), Date.parse("2026-12-31T23:00:00Z"))).toBe("2026-12-31");
    expect(lastSession(exchange("SSE"), Date.parse("2027-01-01T06:59:00Z"))).toBe("2026-12-31");
  });

  it("leaves values that become known after it unknown at every cut-off that it answers for", () => {
    const known = knownAfter(exchange("SSE"), "2026-12-31", { sessions: 1, hours: 0 });
    expect(isoInstant(known)).toBe("2027-01-01T07:00:00Z");
    expect(lastSession(exchange("SSE"), known - 1, { sessions: 1, hours: 0 })).toBe("2026-12-30");
  });
});
