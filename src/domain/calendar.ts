import type { IsoDate } from "#src/domain/time.ts";

/** Where and when an exchange closes. Until tables of sessions exist, a session is a weekday. */
export interface ExchangeCalendar {
  readonly id: string;
  /** IANA name. */
  readonly zone: string;
  /** Closing hours `HH:MM` with the day from which each holds, oldest first; the first holds from the beginning. */
  readonly closes: readonly { readonly from: IsoDate; readonly at: string }[];
}
