import { isSession, sessionsIn } from "#src/calendar/sessions.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { isTraded, type Suspicion, sessionsKnown, spanText, type Values } from "#src/quality/suspicion.ts";

/** So many closures tell whether the exchange's calendar is the series' own. */
const fewestClosures = 6;
/** A series that moves on more than this share of them is dated by another calendar. */
const ownShare = 0.5;

/**
 * Values of a price on weekdays on which its exchange did not meet: rows that a download filled with the close before,
 * or with another market's. They are set aside, because a return on such a day is none.
 *
 * Only for prices and levels of an exchange whose sessions are known, and inside those years: rates of exchange, yields and
 * flows have days of their own. Where a series moves on more than half of six or more closures in a row, from its first such
 * day to its last, it does not keep its catalogue's calendar (the VIX on American holidays since 2022); nothing is found then.
 */
export function holidayPrint(values: Values): readonly Suspicion[] {
  const known = sessionsKnown(values);
  if (known === null || !isTraded(values)) return [];
  const { calendar, dates, values: all } = values;
  const prints = dates.flatMap((date, i) =>
    known.from <= date && date <= known.to && !isSession(calendar, date) ? [i] : [],
  );
  if (prints.length === 0) return [];
  const moved = prints.filter((i) => i > 0 && all[i] !== all[i - 1]).length;
  const closures = closuresIn(
    values,
    dates[prints[0] ?? 0] ?? known.from,
    dates[prints.at(-1) ?? 0] ?? known.to,
  );
  if (closures >= fewestClosures && moved > ownShare * closures) return [];
  return prints.map((i) => {
    const date = dates[i] ?? "";
    return {
      gate: "holiday-print",
      symptom: "holiday",
      from: date,
      to: date,
      days: [date],
      found: `${all[i]} ${spanText(date, date)}, when ${calendar.id} did not meet`,
      expected: `a session of ${calendar.id}`,
    };
  });
}

/** Weekdays without a session. */
function closuresIn({ calendar }: Values, from: IsoDate, to: IsoDate): number {
  const weekdays = { ...calendar, table: null };
  return sessionsIn(weekdays, from, to).length - sessionsIn(calendar, from, to).length;
}
