import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { addDays, daysBetween, type IsoDate, weekday } from "#src/domain/time.ts";

/*
 * Sessions in a row, each with a position: the first of a calendar's table is 0, and weekdays before it count down from
 * −1. Without a table every session is a weekday, and positions count weekdays from the week of the epoch.
 */

/** The sessions of a table, and the position of the last one up to each of its days. */
interface SessionIndex {
  readonly sessions: readonly IsoDate[];
  readonly positions: Int32Array;
  /** The weekday before the table, which has position −1, as a number of weekdays. */
  readonly before: number;
}

const indexes = new WeakMap<ExchangeCalendar, SessionIndex | null>();

/** Thursday 1970-01-01 was the fourth day of a week that began on this Monday. */
const firstMonday = "1969-12-29";

/** Weekdays from the week of the epoch to a day: those of a weekend and its Friday are as many. */
function weekdayNumber(date: IsoDate): number {
  const days = daysBetween(firstMonday, date);
  const week = Math.floor(days / 7);
  return 5 * week + Math.min(days - 7 * week, 4);
}

function weekdayOf(number: number): IsoDate {
  const week = Math.floor(number / 5);
  return addDays(firstMonday, 7 * week + number - 5 * week);
}

function indexOf(calendar: ExchangeCalendar): SessionIndex | null {
  const known = indexes.get(calendar);
  if (known !== undefined) return known;
  const index = indexFor(calendar);
  indexes.set(calendar, index);
  return index;
}

function indexFor({ table }: ExchangeCalendar): SessionIndex | null {
  if (table === null) return null;
  const { validFrom, validUntil, closed } = table;
  const sessions: IsoDate[] = [];
  const positions = new Int32Array(daysBetween(validFrom, validUntil) + 1);
  for (const i of positions.keys()) {
    const date = addDays(validFrom, i);
    if (weekday(date) <= 5 && !closed.has(date)) sessions.push(date);
    positions[i] = sessions.length - 1;
  }
  return { sessions, positions, before: weekdayNumber(addDays(validFrom, -1)) };
}

/** The position of the last session up to a day. */
export function positionOf(calendar: ExchangeCalendar, date: IsoDate): number {
  const { table } = calendar;
  const index = indexOf(calendar);
  if (table === null || index === null) return weekdayNumber(date);
  if (date > table.validUntil) throw calendarEnds(calendar, table.validUntil, date);
  return date < table.validFrom
    ? weekdayNumber(date) - index.before - 1
    : (index.positions[daysBetween(table.validFrom, date)] ?? -1);
}

/** The session at a position; `null` where that lies after the calendar's table. */
export function sessionAt(calendar: ExchangeCalendar, position: number): IsoDate | null {
  const index = indexOf(calendar);
  if (index === null) return weekdayOf(position);
  return position < 0 ? weekdayOf(index.before + position + 1) : (index.sessions[position] ?? null);
}

/** Nobody has said yet on which days the exchange will meet then; a guess would make a holiday of a session. */
export function calendarEnds(
  { id }: ExchangeCalendar,
  validUntil: IsoDate,
  date: IsoDate | null,
): TidelineError {
  const found = date === null ? `a session after ${validUntil}` : date;
  return new TidelineError(
    "CALENDAR_ENDS",
    `the sessions of calendar ${id} are not known after ${validUntil}`,
    [
      {
        found,
        expected: `a day up to ${validUntil}; a newer Tideline may know more, and ${configured(id)}`,
      },
    ],
  );
}

/** Whether something failed because a calendar ends. */
export const isCalendarEnd = (error: unknown): error is TidelineError =>
  error instanceof TidelineError && error.code === "CALENDAR_ENDS";

const configured = (id: string): string =>
  `\`calendars.${id}\` in tideline.yaml states zone, closes, closed and a later validUntil in its place`;
