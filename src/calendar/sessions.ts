import { dayIn, instantAt } from "#src/calendar/zoned.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Lag } from "#src/domain/series.ts";
import { addDays, daysBetween, type Instant, type IsoDate, weekday } from "#src/domain/time.ts";

const hourMs = 3_600_000;

/** Whether exchanges meet on that day. Until tables of sessions exist: Monday to Friday. */
export const isSession = (date: IsoDate): boolean => weekday(date) <= 5;

/** When the exchange closes on a day, by the closing hour in force then. Also answers for days without a session. */
export function sessionClose(calendar: ExchangeCalendar, date: IsoDate): Instant {
  const close = calendar.closes.findLast(({ from }) => from <= date) ?? calendar.closes[0];
  if (close === undefined)
    throw new RangeError(`sessionClose requires a closing hour, calendar ${calendar.id} has none`);
  return instantAt(date, close.at, calendar.zone);
}

/** The session `n` sessions after a day; before it when `n` is negative. A day without a session counts from the last one before it. */
export function addSessions(date: IsoDate, n: number): IsoDate {
  const today = weekday(date);
  const session = Math.min(today, 5);
  const weeks = Math.floor((session - 1 + n) / 5);
  return addDays(date, session - today + n + 2 * weeks);
}

/** Sessions from `start` to `end`, both included; none when `end` is before `start`. */
export function sessionsIn(start: IsoDate, end: IsoDate): readonly IsoDate[] {
  const days = Math.max(0, daysBetween(start, end) + 1);
  return Array.from({ length: days }, (_, i) => addDays(start, i)).filter(isSession);
}

/** How many sessions follow a day, up to another and with it; none when that is not later. */
export const sessionsAfter = (day: IsoDate, end: IsoDate): number => sessionsIn(addDays(day, 1), end).length;

/** When the value of a session could first be read: the close of the session that many sessions later, plus the hours. */
export const knownAfter = (calendar: ExchangeCalendar, date: IsoDate, lag: Lag): Instant =>
  sessionClose(calendar, lag.sessions === 0 ? date : addSessions(date, lag.sessions)) + lag.hours * hourMs;

const noLag: Lag = { sessions: 0, hours: 0 };

/** The last session whose value could be read at the cut-off: its close plus the lag had passed, or was just then. */
export function lastSession(calendar: ExchangeCalendar, cutoff: Instant, lag: Lag = noLag): IsoDate {
  // No session after the zone's day of the cut-off can have closed; from there the answer is a few steps back.
  let session = addSessions(dayIn(cutoff, calendar.zone), 0);
  while (knownAfter(calendar, session, lag) > cutoff) session = addSessions(session, -1);
  return session;
}
