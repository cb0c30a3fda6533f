import { cronAfter, cronBefore } from "#src/calendar/cron.ts";
import { isCalendarEnd } from "#src/calendar/session-index.ts";
import { isSession, sessionClose } from "#src/calendar/sessions.ts";
import { dayIn } from "#src/calendar/zoned.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { TidelineError } from "#src/domain/errors.ts";
import type { Slot, SlotRule } from "#src/domain/schedule.ts";
import { addDays, type Instant, type IsoDate, weekday } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";

/*
 * When issues of a publication fall due. By session: its close, early closes respected, plus the publication's offset. By
 * cron: the moment itself, named by the day that the calendar's zone then shows.
 */

/** What of a publication decides its slots. */
export type SlotsOf = Pick<Publication, "slots" | "offsetMinutes">;

type CronRule = Extract<SlotRule, { kind: "cron" }>;

const minuteMs = 60_000;

/** A day's own cut-off: its close, or what that would be, plus the offset. */
export const dayCutoff = (
  { offsetMinutes }: Pick<SlotsOf, "offsetMinutes">,
  calendar: ExchangeCalendar,
  date: IsoDate,
): Instant => sessionClose(calendar, date) + offsetMinutes * minuteMs;

/** The day whose close, plus the offset, may be the last that has come at a moment. */
const dayOf = ({ offsetMinutes }: SlotsOf, { zone }: ExchangeCalendar, at: Instant): IsoDate =>
  dayIn(at - offsetMinutes * minuteMs, zone);

/** The other weekdays of the ISO week after a day; no exchange meets on a weekend. */
export const restOfWeek = (date: IsoDate): readonly IsoDate[] =>
  Array.from({ length: Math.max(0, 5 - weekday(date)) }, (_, i) => addDays(date, i + 1));

/** Whether a day is a session that an issue is due after: each, or the last of its week. */
function isDueAfter({ slots }: Pick<SlotsOf, "slots">, calendar: ExchangeCalendar, date: IsoDate): boolean {
  if (weekday(date) > 5 || !isSession(calendar, date)) return false;
  return slots.kind === "session" || !restOfWeek(date).some((later) => isSession(calendar, later));
}

function* sessionSlots(
  publication: SlotsOf,
  calendar: ExchangeCalendar,
  after: Instant,
  upTo: Instant | null,
): Generator<Slot, void, undefined> {
  const last = upTo === null ? null : dayOf(publication, calendar, upTo);
  for (
    let date = dayOf(publication, calendar, after);
    last === null || date <= last;
    date = addDays(date, 1)
  ) {
    if (!isDueAfter(publication, calendar, date)) continue;
    const at = dayCutoff(publication, calendar, date);
    if (at > after) yield { at, asOf: date };
  }
}

function* cronSlots(
  { expression, zone }: CronRule,
  calendar: ExchangeCalendar,
  after: Instant,
): Generator<Slot, void, undefined> {
  for (let at = cronAfter(expression, zone, after); at !== null; at = cronAfter(expression, zone, at))
    yield { at, asOf: dayIn(at, calendar.zone) };
}

/** Slots after a moment, oldest first, each computed when it is asked for; none later than `upTo`, where that is given. */
export function* slotsAfter(
  publication: SlotsOf,
  calendar: ExchangeCalendar,
  after: Instant,
  upTo: Instant | null,
): Generator<Slot, void, undefined> {
  const { slots: rule } = publication;
  const all =
    rule.kind === "cron"
      ? cronSlots(rule, calendar, after)
      : sessionSlots(publication, calendar, after, upTo);
  for (const slot of all) {
    if (upTo !== null && slot.at > upTo) return;
    yield slot;
  }
}

/** Slots, oldest first, and why there are no more: `null` unless the calendar does not say which come next. */
export interface Listed {
  readonly slots: readonly Slot[];
  readonly end: TidelineError | null;
}

/** Slots as far as the calendar is known. */
export function listed(slots: Iterable<Slot>, most = Number.POSITIVE_INFINITY): Listed {
  const found: Slot[] = [];
  if (most <= 0) return { slots: found, end: null };
  try {
    for (const slot of slots) if (found.push(slot) >= most) break;
  } catch (error) {
    if (isCalendarEnd(error)) return { slots: found, end: error };
    throw error;
  }
  return { slots: found, end: null };
}

function all({ slots, end }: Listed): readonly Slot[] {
  if (end !== null) throw end;
  return slots;
}

/**
 * Slots after a moment, up to another and with it, oldest first. A week without a session has none.
 *
 * @throws {TidelineError} `CALENDAR_ENDS` where the calendar does not reach so far
 */
export const slotsBetween = (
  publication: SlotsOf,
  calendar: ExchangeCalendar,
  after: Instant,
  upTo: Instant,
): readonly Slot[] => all(listed(slotsAfter(publication, calendar, after, upTo)));

/**
 * The next `n` slots after a moment, as far as the calendar is known; fewer also where a cron expression has no more.
 */
export const nextSlots = (
  publication: SlotsOf,
  calendar: ExchangeCalendar,
  after: Instant,
  n: number,
): Listed => listed(slotsAfter(publication, calendar, after, null), n);

/**
 * The last slot before a moment.
 *
 * @throws {RangeError} for a cron expression that was never due before
 * @throws {TidelineError} `CALENDAR_ENDS` where the calendar does not say whether there was a later one
 */
export function slotBefore(publication: SlotsOf, calendar: ExchangeCalendar, before: Instant): Slot {
  const { slots: rule } = publication;
  if (rule.kind === "cron") {
    const at = cronBefore(rule.expression, rule.zone, before);
    if (at === null) throw new RangeError(`slotBefore requires an earlier moment of ${rule.expression}`);
    return { at, asOf: dayIn(at, calendar.zone) };
  }
  let date = dayOf(publication, calendar, before);
  // The moment first: a day whose close is still to come asks nothing of the rest of its week, which may not be known.
  const isBefore = () =>
    dayCutoff(publication, calendar, date) < before && isDueAfter(publication, calendar, date);
  while (!isBefore()) date = addDays(date, -1);
  return { at: dayCutoff(publication, calendar, date), asOf: date };
}

/** The zone in which a publication's slots are thought of: the cron expression's own, otherwise that of its calendar. */
export const zoneOf = ({ slots }: Pick<SlotsOf, "slots">, { zone }: ExchangeCalendar): string =>
  slots.kind === "cron" ? slots.zone : zone;

/** The last session that had closed at a moment. */
export const lastSession = (calendar: ExchangeCalendar, at: Instant): IsoDate =>
  slotBefore({ slots: { kind: "session" }, offsetMinutes: 0 }, calendar, at + 1).asOf;
