import { knownAfter } from "#src/calendar/sessions.ts";
import { calendarOf, type ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Series } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";

/**
 * The rule for values that come without `known_at`: the close of their session, or of the one that the series' lag
 * names, plus the lag's hours. Asking for a series whose calendar is unknown is a bug and throws.
 *
 * Closes are remembered: thousands of days of many series cost one look-up each.
 */
export function knownAtRule(
  calendars: Readonly<Record<string, ExchangeCalendar>>,
): (series: Series, date: IsoDate) => Instant {
  const byRule = new Map<string, Map<IsoDate, Instant>>();
  const bySeries = new Map<Series, Map<IsoDate, Instant>>();
  const daysOf = (series: Series): Map<IsoDate, Instant> => {
    const { sessions, hours } = series.lag;
    const rule = `${series.calendar} ${sessions} ${hours}`;
    const days = byRule.get(rule) ?? new Map<IsoDate, Instant>();
    byRule.set(rule, days);
    bySeries.set(series, days);
    return days;
  };
  return (series, date) => {
    const days = bySeries.get(series) ?? daysOf(series);
    const remembered = days.get(date);
    if (remembered !== undefined) return remembered;
    const known = knownAfter(calendarOf(calendars, series), date, series.lag);
    days.set(date, known);
    return known;
  };
}
