import { addSessions, lastSession, sessionsAfter } from "#src/calendar/sessions.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Lag, Series } from "#src/domain/series.ts";
import { addDays, type Instant, type IsoDate, weekday } from "#src/domain/time.ts";

/** The Friday by which the week of a day is named. */
const fridayOf = (date: IsoDate): IsoDate => addDays(date, 5 - weekday(date));

/** How many sessions an exchange has in a week; none in a week of holidays. */
export const sessionsOfWeek = (calendar: ExchangeCalendar, friday: IsoDate): number =>
  sessionsAfter(calendar, addDays(friday, -5), friday);

/**
 * The Friday of the last week that was over at a cut-off: its last session had closed, be that a Thursday. With a lag:
 * whose values could be read.
 */
export function finishedWeek(calendar: ExchangeCalendar, cutoff: Instant, lag?: Lag): IsoDate {
  const last = lastSession(calendar, cutoff, lag);
  const friday = fridayOf(last);
  if (sessionsAfter(calendar, last, friday) === 0) return friday;
  // A week without a session is none that was over, but none at all.
  return fridayOf(addSessions(calendar, addDays(friday, -5), 0));
}

/**
 * Sessions up to a day since a series should have had another value: after the last; of one that has a value a week after
 * the week that follows the last.
 */
export function overdue(
  calendar: ExchangeCalendar,
  { frequency }: Series,
  last: IsoDate,
  end: IsoDate,
): number {
  const from = frequency === "weekly" ? fridayOf(addDays(last, 7)) : last;
  return from < end ? sessionsAfter(calendar, from, end) : 0;
}
