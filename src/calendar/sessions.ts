import { calendarEnds, positionOf, sessionAt } from "#src/calendar/session-index.ts";
import { dayIn, instantAt } from "#src/calendar/zoned.ts";
import type { ExchangeCalendar, Hour } from "#src/domain/calendar.ts";
import type { Lag } from "#src/domain/series.ts";
import { addDays, type Instant, type IsoDate } from "#src/domain/time.ts";

/*
 * Each of these throws TidelineError CALENDAR_ENDS when it is asked for a day after a calendar's table. Before the table, and
 * without one, a session is a weekday.
 */

const hourMs = 3_600_000;

/** Whether the exchange meets on that day. */
export const isSession = (calendar: ExchangeCalendar, date: IsoDate): boolean =>
  sessionAt(calendar, positionOf(calendar, date)) === date;

/** When the exchange opens on a day; `null` where the calendar states no opening hour. A day without a session answers by the usual one. */
export function sessionOpen(calendar: ExchangeCalendar, date: IsoDate): Instant | null {
  positionOf(calendar, date);
  const at = calendar.table?.special.get(date)?.open ?? usual(calendar.opens, date);
  return at === undefined ? null : instantAt(date, at, calendar.zone);
}

/** When the exchange closes on a day, early closes included. A day without a session answers by the closing hour then in force. */
export function sessionClose(calendar: ExchangeCalendar, date: IsoDate): Instant {
  positionOf(calendar, date);
  return closeOn(calendar, date);
}

function closeOn(calendar: ExchangeCalendar, date: IsoDate): Instant {
  const at = calendar.table?.special.get(date)?.close ?? usual(calendar.closes, date);
  if (at === undefined)
    throw new RangeError(`sessionClose requires a closing hour, calendar ${calendar.id} has none`);
  return instantAt(date, at, calendar.zone);
}

/** The hour in force on a day. */
const usual = (hours: readonly Hour[], date: IsoDate): string | undefined =>
  (hours.findLast(({ from }) => from <= date) ?? hours[0])?.at;

/** The session `n` sessions after a day; before it when `n` is negative. A day without a session counts from the last one before it. */
export function addSessions(calendar: ExchangeCalendar, date: IsoDate, n: number): IsoDate {
  const session = sessionAt(calendar, positionOf(calendar, date) + n);
  if (session === null) throw calendarEnds(calendar, calendar.table?.validUntil ?? date, null);
  return session;
}

/** Sessions from `start` to `end`, both included; none when `end` is before `start`. */
export function sessionsIn(calendar: ExchangeCalendar, start: IsoDate, end: IsoDate): readonly IsoDate[] {
  const before = positionOf(calendar, addDays(start, -1));
  const length = Math.max(0, positionOf(calendar, end) - before);
  return Array.from({ length }, (_, i) => sessionAt(calendar, before + 1 + i) ?? end);
}

/** How many sessions follow a day, up to another and with it; none when that is not later. */
export const sessionsAfter = (calendar: ExchangeCalendar, day: IsoDate, end: IsoDate): number =>
  Math.max(0, positionOf(calendar, end) - positionOf(calendar, day));

/** When the value of a session could first be read: the close of the session that many sessions later, plus the hours. */
export function knownAfter(calendar: ExchangeCalendar, date: IsoDate, lag: Lag): Instant {
  if (lag.sessions === 0) return sessionClose(calendar, date) + lag.hours * hourMs;
  const session = sessionAt(calendar, positionOf(calendar, date) + lag.sessions);
  // The last values of a table become known after it. When is not known; no cut-off that the table answers for has them.
  const day = session ?? addDays(calendar.table?.validUntil ?? date, 1);
  return closeOn(calendar, day) + lag.hours * hourMs;
}

const noLag: Lag = { sessions: 0, hours: 0 };

/** The last session whose value could be read at the cut-off: its close plus the lag had passed, or was just then. */
export function lastSession(calendar: ExchangeCalendar, cutoff: Instant, lag: Lag = noLag): IsoDate {
  // No session after the zone's day of the cut-off can have closed, nor that day's where the cut-off is before its close:
  // such a day may lie after the table. From there the answer is a few steps back.
  const today = dayIn(cutoff, calendar.zone);
  let session = addSessions(calendar, closeOn(calendar, today) > cutoff ? addDays(today, -1) : today, 0);
  while (knownAfter(calendar, session, lag) > cutoff) session = addSessions(calendar, session, -1);
  return session;
}
