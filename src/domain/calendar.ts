import type { IsoDate } from "#src/domain/time.ts";

/** Where and when an exchange closes. Until tables of sessions exist, a session is a weekday. */
export interface ExchangeCalendar {
  readonly id: string;
  /** IANA name. */
  readonly zone: string;
  /** Closing hours `HH:MM` with the day from which each holds, oldest first; the first holds from the beginning. */
  readonly closes: readonly { readonly from: IsoDate; readonly at: string }[];
}

/** The calendar that a series or publication names. The configuration has been checked: a name without one is a bug. */
export function calendarOf(
  calendars: Readonly<Record<string, ExchangeCalendar>>,
  { id, calendar }: { readonly id: string; readonly calendar: string },
): ExchangeCalendar {
  const found = calendars[calendar];
  if (found === undefined) throw new RangeError(`${id} requires calendar ${calendar}`);
  return found;
}
