import type { IsoDate } from "#src/domain/time.ts";

/** Before any session: an hour from that day holds from the beginning. */
export const beginning: IsoDate = "0001-01-01";

/** An hour of the exchange's clocks, `HH:MM`, and the day from which it holds. */
export interface Hour {
  readonly from: IsoDate;
  readonly at: string;
}

/** The hours of one day that are not the usual ones: an early or late close, a late opening. */
export interface SpecialHours {
  readonly open?: string | undefined;
  readonly close?: string | undefined;
}

/** Which weekdays are sessions, and which have their own hours, from one day to another. */
export interface SessionTable {
  /** Whose notices say so; `null` for a workspace's own. */
  readonly source: string | null;
  /** Before this day nothing is known: a session is then a weekday. */
  readonly validFrom: IsoDate;
  /** The last day that is known; asking for a later one is an error. */
  readonly validUntil: IsoDate;
  /** Weekdays without a session. No exchange here has met on a weekend. */
  readonly closed: ReadonlySet<IsoDate>;
  readonly special: ReadonlyMap<IsoDate, SpecialHours>;
}

/** Where and when an exchange meets. */
export interface ExchangeCalendar {
  readonly id: string;
  /** IANA name. */
  readonly zone: string;
  /** Opening hours, oldest first; the first holds from the beginning. Empty where they are not known. */
  readonly opens: readonly Hour[];
  /** Closing hours, oldest first; the first holds from the beginning. */
  readonly closes: readonly Hour[];
  /** `null` for a calendar that states none: each of its sessions is a weekday. */
  readonly table: SessionTable | null;
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
