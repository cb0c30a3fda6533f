import { sessionClose } from "#src/calendar/sessions.ts";
import { dayIn, sameHour } from "#src/calendar/zoned.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { TidelineError } from "#src/domain/errors.ts";
import {
  addDays,
  daysBetween,
  type Instant,
  type IsoDate,
  isIsoDate,
  parseInstant,
  weekday,
} from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";

/** Until when an issue looks: the day that names it, and the moment. */
export interface Cutoff {
  readonly date: IsoDate;
  readonly instant: Instant;
}

type Slots = Pick<Publication, "offsetMinutes">;

const minuteMs = 60_000;

/**
 * The cut-off that an as-of means.
 *
 * A day: its calendar's close plus the publication's offset. A day without a session (a weekend) is taken as given:
 * the same hour on that day. An instant with its zone is that instant, and names the issue by the day that the
 * calendar's zone then shows.
 *
 * @throws TidelineError USAGE when the text is neither
 */
export function cutoffOf(publication: Slots, calendar: ExchangeCalendar, asOf: string): Cutoff {
  if (isIsoDate(asOf)) return { date: asOf, instant: slot(publication, calendar, asOf) };
  const instant = parseInstant(asOf);
  if (instant !== null) return { date: dayIn(instant, calendar.zone), instant };
  const expected =
    "a day that exists as YYYY-MM-DD, or an instant with its zone as 2026-02-13T18:00:00-05:00";
  throw new TidelineError("USAGE", "the as-of cannot be read", [{ found: JSON.stringify(asOf), expected }]);
}

const slot = (publication: Slots, calendar: ExchangeCalendar, date: IsoDate): Instant =>
  sessionClose(calendar, date) + publication.offsetMinutes * minuteMs;

/**
 * The cut-off of the issue before: the same hour of the calendar's clocks seven days earlier, whatever the clocks
 * did in between. Where the cut-off is a day's own, so is the earlier one, by the closing hour then in force.
 */
export function previousCutoff(publication: Slots, calendar: ExchangeCalendar, cutoff: Cutoff): Cutoff {
  const date = addDays(cutoff.date, -7);
  const isSlot = slot(publication, calendar, cutoff.date) === cutoff.instant;
  return {
    date,
    instant: isSlot ? slot(publication, calendar, date) : sameHour(cutoff.instant, -7, calendar.zone),
  };
}

/** The latest Friday's cut-off that has come: the end of the last finished week. */
export function lastWeeklyCutoff(publication: Slots, calendar: ExchangeCalendar, now: Instant): Cutoff {
  const today = dayIn(now, calendar.zone);
  const friday = addDays(today, -((weekday(today) + 2) % 7));
  const latest = { date: friday, instant: slot(publication, calendar, friday) };
  return latest.instant <= now ? latest : previousCutoff(publication, calendar, latest);
}

/** The number of a weekly issue, counted from the publication's first; `null` where issues carry none or the first is still to come. */
export function issueNumber(publication: Pick<Publication, "first">, date: IsoDate): number | null {
  if (publication.first === null || date < publication.first) return null;
  return Math.floor(daysBetween(publication.first, date) / 7) + 1;
}
