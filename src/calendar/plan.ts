import { type Listed, listed, type SlotsOf, slotsAfter } from "#src/calendar/slots.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Schedule, Slot, SlotPlan, SlotState } from "#src/domain/schedule.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";

/** A publication whose issues are made by themselves. */
export type Scheduled = SlotsOf & { readonly schedule: Schedule };

export const isScheduled = <P extends Pick<Publication, "schedule">>(
  publication: P,
): publication is P & { readonly schedule: Schedule } => publication.schedule !== null;

/** A slot as the ledger has it. */
export interface NotedSlot extends Slot {
  readonly state: SlotState;
}

/** What the ledger knows of a publication: until when slots have been planned (`null`: never yet), and slots. */
export interface Noted {
  readonly seenUntil: Instant | null;
  readonly slots: readonly NotedSlot[];
}

const minuteMs = 60_000;

/** Clocks are set by minutes at most; one that is further behind was wrong before. */
const toleranceMs = 5 * minuteMs;

/** Until when the issue of a slot is in time. */
export const deadlineOf = ({ deadlineMinutes }: Schedule, { at }: Pick<Slot, "at">): Instant =>
  at + deadlineMinutes * minuteMs;

/** Why a slot is skipped that nobody came to in time. */
export const whyLate = (schedule: Schedule, slot: Pick<Slot, "at">): string =>
  `${lateness} its deadline was ${isoInstant(deadlineOf(schedule, slot))}`;

const lateness = "late:";

/** A slot as it ended, with when it was entered and when it ended. */
type EndedSlot = NotedSlot & {
  readonly reason: string | null;
  readonly notedAt: Instant;
  readonly endedAt: Instant | null;
};

/** Whether a slot was skipped because nobody came in time, and none that was entered with it makes up for it. */
export const isLost = (slot: EndedSlot, all: readonly EndedSlot[]): boolean =>
  slot.state === "skipped" &&
  slot.reason?.startsWith(lateness) === true &&
  !all.some(
    ({ at, notedAt, endedAt }) => at > slot.at && [notedAt, endedAt].includes(slot.endedAt ?? Number.NaN),
  );

/** Whether an issue that is made now is made after its deadline; at the deadline it is in time. */
export const isLate = (schedule: Schedule, slot: Pick<Slot, "at">, now: Instant): boolean =>
  now > deadlineOf(schedule, slot);

/**
 * Decides which slots fall due: of those since the ledger last looked, each is entered once, as due or as skipped with a reason.
 *
 * - The first time it looks from now on: nothing of the past is made.
 * - Of several slots that were missed the latest is due and the others give way to it, or each is due (`catchUp`). So does an
 *   older one that is still due past its deadline.
 * - Past its deadline a slot is skipped where the schedule says so. To make and to hold is decided when it is made (`isLate`).
 * - A clock that was put forward has missed what lies between. Put back by more than five minutes, it looks from now on
 *   again: what was skipped while it was ahead is planned again when it comes; what was made, held or failed stays.
 * - What an earlier configuration entered stays; a new rule enters nothing that lies before the last look.
 *
 * @throws {TidelineError} `CALENDAR_ENDS` once all slots that the calendar knows have been entered and a later one may have come
 */
export const slotPlanner =
  (publication: Scheduled, calendar: ExchangeCalendar, now: Instant) =>
  (noted: Noted): SlotPlan => {
    const { seenUntil } = noted;
    if (seenUntil === null || seenUntil > now + toleranceMs) return { seenUntil: now, slots: [] };
    if (seenUntil >= now) return { seenUntil, slots: [] };
    const { slots, end } = listed(slotsAfter(publication, calendar, seenUntil, now));
    const last = slots.at(-1);
    if (end === null) return { seenUntil: now, slots: decide(publication.schedule, slots, noted.slots, now) };
    // What is known is entered first; the next look finds nothing but the end of the calendar.
    if (last === undefined) throw end;
    return { seenUntil: last.at, slots: decide(publication.schedule, slots, noted.slots, now) };
  };

/** One decision for each slot that is not known, or only as skipped; a decision that stands is not taken again. */
function decide(
  schedule: Schedule,
  slots: readonly Slot[],
  noted: readonly NotedSlot[],
  now: Instant,
): readonly SlotPlan["slots"][number][] {
  const [first, latest] = [slots[0], slots.at(-1)];
  if (first === undefined || latest === undefined) return [];
  const states = new Map(noted.filter(({ at }) => at >= first.at).map(({ at, state }) => [at, state]));
  const isOpen = (slot: Slot) => [undefined, "skipped"].includes(states.get(slot.at));
  const isOvertaken = (slot: NotedSlot) =>
    schedule.catchUp === "latest" &&
    slot.state === "due" &&
    slot.at < latest.at &&
    isLate(schedule, slot, now);
  const planned = [...noted.filter(isOvertaken), ...slots.filter(isOpen)].map(
    ({ at, asOf }): SlotPlan["slots"][number] => {
      const reason = whySkipped(schedule, { at, asOf }, latest, now);
      return { at, asOf, state: reason === null ? "due" : "skipped", reason };
    },
  );
  return planned.filter(({ at, state }) => state !== states.get(at));
}

function whySkipped(schedule: Schedule, slot: Slot, latest: Slot, now: Instant): string | null {
  if (schedule.late === "skip" && isLate(schedule, slot, now)) return whyLate(schedule, slot);
  if (schedule.catchUp === "latest" && slot.at < latest.at)
    return `superseded: the issue of ${latest.asOf} is made instead`;
  return null;
}

/** A slot that has no end although its deadline is past. */
export interface Overdue extends Slot {
  /** Since when: its deadline. */
  readonly since: Instant;
  /** `null` where the ledger does not have it: no scheduler is running. */
  readonly state: SlotState | null;
}

/**
 * Slots that are past their deadline and neither made, held, failed nor skipped, oldest first; also those that should have
 * been entered since the ledger last looked, or since its newest slot where that is not known.
 *
 * @throws {TidelineError} `CALENDAR_ENDS` where none is overdue that is known, and the calendar does not say whether one is
 */
export function overdue(
  publication: Scheduled,
  calendar: ExchangeCalendar,
  noted: Noted,
  now: Instant,
): readonly Overdue[] {
  const { schedule } = publication;
  const isPast = (slot: Slot) => isLate(schedule, slot, now);
  const open = noted.slots.filter(
    (slot) => (slot.state === "due" || slot.state === "running") && isPast(slot),
  );
  const newest = noted.slots.reduce<Instant | null>((at, slot) => Math.max(at ?? slot.at, slot.at), null);
  const from = noted.seenUntil ?? newest;
  const known = new Set(noted.slots.map(({ at }) => at));
  const expected: Listed =
    from === null ? { slots: [], end: null } : listed(slotsAfter(publication, calendar, from, now));
  const absent = expected.slots.filter((slot) => !known.has(slot.at) && isPast(slot));
  if (open.length + absent.length === 0 && expected.end !== null) throw expected.end;
  return [...open, ...absent.map((slot) => ({ ...slot, state: null }))]
    .map(({ at, asOf, state }) => ({ at, asOf, state, since: deadlineOf(schedule, { at }) }))
    .toSorted((a, b) => a.at - b.at);
}
