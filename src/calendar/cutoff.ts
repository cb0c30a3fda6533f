import { isSession, sessionsAfter } from "#src/calendar/sessions.ts";
import { dayCutoff, restOfWeek, type SlotsOf, slotBefore, slotsBetween } from "#src/calendar/slots.ts";
import { dayIn, instantAt, sameHour } from "#src/calendar/zoned.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Slot } from "#src/domain/schedule.ts";
import { addDays, type Instant, type IsoDate, isIsoDate, parseInstant, weekday } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";

/** Until when an issue looks: the day that names it, and the moment. */
export interface Cutoff {
  readonly date: IsoDate;
  readonly instant: Instant;
}

/** The cut-off of a slot is the slot. */
export const cutoffOfSlot = ({ at, asOf }: Slot): Cutoff => ({ date: asOf, instant: at });

/**
 * The cut-off that an as-of means.
 *
 * A day: its calendar's close plus the publication's offset; of a publication by cron, its slot of that day if it has one.
 * A day without a session (a weekend) is taken as given: the same hour on that day. An instant with its zone is that
 * instant, and names the issue by the day that the calendar's zone then shows.
 *
 * @throws TidelineError USAGE when the text is neither
 */
export function cutoffOf(publication: SlotsOf, calendar: ExchangeCalendar, asOf: string): Cutoff {
  if (isIsoDate(asOf)) return ownCutoff(publication, calendar, asOf);
  const instant = parseInstant(asOf);
  if (instant !== null) return { date: dayIn(instant, calendar.zone), instant };
  const expected =
    "a day that exists as YYYY-MM-DD, or an instant with its zone as 2026-02-13T18:00:00-05:00";
  throw new TidelineError("USAGE", "the as-of cannot be read", [{ found: JSON.stringify(asOf), expected }]);
}

function ownCutoff(publication: SlotsOf, calendar: ExchangeCalendar, date: IsoDate): Cutoff {
  const [slot] = publication.slots.kind === "cron" ? cronSlotsOf(publication, calendar, date, date) : [];
  return slot === undefined ? { date, instant: dayCutoff(publication, calendar, date) } : cutoffOfSlot(slot);
}

/** Slots by cron whose days lie from one to another, both included. */
function cronSlotsOf(
  publication: SlotsOf,
  calendar: ExchangeCalendar,
  start: IsoDate,
  end: IsoDate,
): readonly Slot[] {
  const midnight = (date: IsoDate) => instantAt(date, "00:00", calendar.zone);
  return slotsBetween(publication, calendar, midnight(start) - 1, midnight(addDays(end, 1)) - 1);
}

/** The last slot that has come: an issue is of it when nothing else is asked for. */
export const lastCutoff = (publication: SlotsOf, calendar: ExchangeCalendar, now: Instant): Cutoff =>
  cutoffOfSlot(slotBefore(publication, calendar, now + 1));

/**
 * The cut-off of the issue before: the slot before, by the publication's rule.
 *
 * A weekly as of another day than its slots' is about another week, from that day to the same day seven days earlier: a
 * day's own cut-off follows a day's own, and an instant the same hour of the calendar's clocks, whatever they did in
 * between.
 */
export function previousCutoff(publication: SlotsOf, calendar: ExchangeCalendar, cutoff: Cutoff): Cutoff {
  const isOwn = dayCutoff(publication, calendar, cutoff.date) === cutoff.instant;
  if (publication.slots.kind !== "week" || (isOwn && closesWeek(calendar, cutoff.date)))
    return cutoffOfSlot(slotBefore(publication, calendar, cutoff.instant));
  const date = addDays(cutoff.date, -7);
  const instant = isOwn
    ? dayCutoff(publication, calendar, date)
    : sameHour(cutoff.instant, -7, calendar.zone);
  return { date, instant };
}

/** Whether a day is the last session of its week that is known: the last issue before a calendar ends has one before it too. */
function closesWeek(calendar: ExchangeCalendar, date: IsoDate): boolean {
  const until = calendar.table?.validUntil ?? null;
  const rest = restOfWeek(date).filter((later) => until === null || later <= until);
  return isSession(calendar, date) && !rest.some((later) => isSession(calendar, later));
}

/**
 * The number of an issue: its place among the publication's slots, of which that of the day `first` is no. 1. A weekly counts
 * the weeks that have a session. `null` where issues carry no number or the first is still to come.
 */
export function issueNumber(
  publication: SlotsOf & Pick<Publication, "first">,
  calendar: ExchangeCalendar,
  date: IsoDate,
): number | null {
  const { first, slots } = publication;
  if (first === null || date < first) return null;
  if (slots.kind === "week") return 1 + weeksAfter(calendar, first, date);
  if (slots.kind === "session") return 1 + sessionsAfter(calendar, first, date);
  return date === first ? 1 : 1 + cronSlotsOf(publication, calendar, addDays(first, 1), date).length;
}

/** Weeks with a session that follow the week of a day, up to the week of another and with it. */
function weeksAfter(calendar: ExchangeCalendar, day: IsoDate, end: IsoDate): number {
  let weeks = 0;
  for (let monday = addDays(day, 8 - weekday(day)); monday <= end; monday = addDays(monday, 7))
    if ([monday, ...restOfWeek(monday)].some((date) => isSession(calendar, date))) weeks += 1;
  return weeks;
}
