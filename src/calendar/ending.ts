import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { daysBetween, type IsoDate } from "#src/domain/time.ts";

/** A calendar whose table ends soon, or has ended. */
export interface EndingCalendar {
  readonly id: string;
  /** The last day that it knows. */
  readonly validUntil: IsoDate;
  /** Days from today to it: 0 when that is today, negative when it has passed. */
  readonly daysLeft: number;
}

/** Days before the end of a table from which its operator is told. */
const warningDays = 60;

/** Calendars whose sessions are not known for longer than the next 60 days, the first to end first. */
export const calendarsEnding = (
  calendars: Readonly<Record<string, ExchangeCalendar>>,
  today: IsoDate,
): readonly EndingCalendar[] =>
  Object.values(calendars)
    .flatMap(({ id, table }): readonly EndingCalendar[] => {
      if (table === null) return [];
      const daysLeft = daysBetween(today, table.validUntil);
      return daysLeft > warningDays ? [] : [{ id, validUntil: table.validUntil, daysLeft }];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft);
