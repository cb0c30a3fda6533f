import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastSession, sessionsAfter, sessionsIn } from "#src/calendar/sessions.ts";
import { finishedWeek, sessionsOfWeek } from "#src/calendar/weeks.ts";
import { addDays, weekday } from "#src/domain/time.ts";
import { exchange } from "#tests/calendar/exchange.ts";

fc.configureGlobal({ seed: 20_260_213 });

describe("finishedWeek", () => {
  it.each([
    ["before Good Friday, at Thursday's close", "NYSE", "2026-04-02T20:00:00Z", "2026-04-03"],
    ["a millisecond before it", "NYSE", "2026-04-02T19:59:59.999Z", "2026-03-27"],
    ["at the early close of the Friday after Thanksgiving", "NYSE", "2026-11-27T18:00:00Z", "2026-11-27"],
    ["a millisecond before it", "NYSE", "2026-11-27T17:59:59.999Z", "2026-11-20"],
    ["on an ordinary Thursday", "NYSE", "2026-02-12T23:00:00Z", "2026-02-06"],
    ["at the end of a year that is a Thursday", "NYSE", "2026-12-31T21:00:00Z", "2027-01-01"],
    ["in a week of holidays, is the week before", "SSE", "2026-02-20T23:00:00Z", "2026-02-13"],
    ["after it, is still the last that had a session", "SSE", "2026-02-24T23:00:00Z", "2026-02-13"],
    ["Seoul at New York's Thursday, before its own Friday", "KRX", "2026-04-02T22:00:00Z", "2026-03-27"],
  ])("%s: %s at %s is %s", (_, id, cutoff, friday) => {
    expect(finishedWeek(exchange(id), Date.parse(cutoff))).toBe(friday);
  });

  it("waits for the values of a lag", () => {
    const thursday = Date.parse("2026-04-02T22:00:00Z");
    expect(finishedWeek(exchange("NYSE"), thursday, { sessions: 1, hours: 0 })).toBe("2026-03-27");
    expect(
      finishedWeek(exchange("NYSE"), Date.parse("2026-04-06T20:00:00Z"), { sessions: 1, hours: 0 }),
    ).toBe("2026-04-03");
  });

  it("has had a session, none to come, and the week after its own has one to come", () => {
    const anyMoment = fc.integer({ min: Date.parse("2014-06-01"), max: Date.parse("2026-12-01") });
    fc.assert(
      fc.property(fc.constantFrom("NYSE", "KRX", "TSE", "HKEX", "SSE"), anyMoment, (id, cutoff) => {
        const calendar = exchange(id);
        const friday = finishedWeek(calendar, cutoff);
        const last = lastSession(calendar, cutoff);
        expect(weekday(friday)).toBe(5);
        expect(sessionsOfWeek(calendar, friday)).toBeGreaterThan(0);
        expect(sessionsAfter(calendar, last, friday)).toBe(0);
        const [next = ""] = sessionsIn(calendar, addDays(friday, 1), addDays(friday, 21));
        expect(sessionsAfter(calendar, last, addDays(next, 5 - weekday(next)))).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("sessionsOfWeek", () => {
  it.each([
    ["NYSE", "2026-04-03", 4],
    ["NYSE", "2026-02-13", 5],
    ["SSE", "2026-02-20", 0],
    ["SSE", "2025-10-03", 2],
    ["KRX", "2026-02-20", 2],
    ["HKEX", "2026-02-20", 2],
  ])("of %s to %s are %d", (id, friday, n) => {
    expect(sessionsOfWeek(exchange(id), friday)).toBe(n);
  });
});
