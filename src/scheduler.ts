import { isLost, isScheduled, overdue, type Scheduled, slotPlanner } from "#src/calendar/plan.ts";
import { isCalendarEnd } from "#src/calendar/session-index.ts";
import { zoneOf } from "#src/calendar/slots.ts";
import { instantAt } from "#src/calendar/zoned.ts";
import { type AlertEvent, alertOf, channelsOf } from "#src/deliver/alert.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Slot } from "#src/domain/schedule.ts";
import { addDays, type Instant, isoInstant } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { OverdueSlot } from "#src/http/desk.ts";
import type { Service } from "#src/service.ts";
import type { KeptSlot, Planned } from "#src/store/ledger.ts";
import { isHeld, type KeptIssue, nameOf, type Store } from "#src/store/store.ts";

/**
 * Enters the slots that have fallen due since anybody last looked, and takes up what a process that died has left. Any number
 * of processes may do so, at any time and as often as they like.
 */
export async function tick(service: Service): Promise<void> {
  const { workspace, store, queue, log, now } = service;
  for (const publication of scheduled(workspace)) {
    try {
      await planAt(service, publication);
    } catch (error) {
      // A calendar that ends must not keep the other publications from their slots.
      log.error({ publication: publication.id, err: error }, "the slots cannot be planned");
      await tellEnd(service, publication, error);
    }
  }
  const swept = await store.ledger.sweepDeliveries(now());
  if (swept > 0)
    log.warn({ deliveries: swept }, "deliveries of a process that ended, or that nobody could send");
  await queue.refill(now());
}

async function planAt(service: Service, publication: Publication & Scheduled): Promise<void> {
  const { workspace, store, log, now } = service;
  const moment = now();
  const plan = slotPlanner(publication, calendarOf(workspace.calendars, publication), moment);
  for (const slot of await store.ledger.planSlots(publication.id, moment, plan))
    log.info(slotOf(slot), `slot ${slot.state}`);
}

/** So long the end of a slot is told where it has not been: a process may have died before it did. */
const toldMs = 7 * 24 * 3_600_000;

/**
 * Tells the operator what the ledger holds against the slots: which are overdue, and which have ended without an issue that
 * is out. It is read from the ledger alone, so that whoever looks tells what another process had no time to tell; the second
 * time it is the same alert.
 */
export async function watch(service: Service): Promise<void> {
  const { workspace, store, log, now } = service;
  for (const publication of scheduled(workspace)) {
    try {
      const noted = await notedOf(store, publication);
      for (const slot of noted.slots)
        if (slot.endedAt !== null && slot.endedAt > now() - toldMs)
          await tellEnded(service, publication, slot, noted.slots);
      await tellOverdue(service, publication, noted);
    } catch (error) {
      // That the calendar ends is told where the slots are planned.
      if (!isCalendarEnd(error))
        log.error({ publication: publication.id, err: error }, "the slots cannot be watched");
    }
  }
}

/** What the ledger knows of the slots of a publication. */
const notedOf = async ({ ledger }: Store, { id }: Pick<Publication, "id">): Promise<Planned> => ({
  seenUntil: await ledger.seenUntil(id),
  slots: (await ledger.slots({ publication: id })).toReversed(),
});

async function tellEnded(
  service: Service,
  publication: Publication,
  slot: KeptSlot,
  all: readonly KeptSlot[],
): Promise<void> {
  const { attempts, reason, endedAt } = slot;
  const since = endedAt ?? service.now();
  if (slot.state === "failed")
    await tell(service, publication, slot, { what: "not-made", since, attempts, failure: reason ?? "" });
  if (isLost(slot, all))
    await tell(service, publication, slot, { what: "skipped", since, reason: reason ?? "" });
  const issue = slot.state === "held" ? await service.store.issueById(slot.issue ?? 0) : null;
  if (issue !== null && isHeld(issue)) {
    const { findings = [] } = issue.gate ?? {};
    await tell(service, publication, slot, { what: "held", since, issue: nameOf(issue), findings });
  }
}

/** A slot that was entered so shortly before is being made up for: whether it is overdue is asked later. */
const newMs = 10 * 60_000;

async function tellOverdue(
  service: Service,
  publication: Publication & Scheduled,
  noted: Planned,
): Promise<void> {
  const { workspace, now } = service;
  const calendar = calendarOf(workspace.calendars, publication);
  for (const { state, since, ...slot } of overdue(publication, calendar, noted, now())) {
    const { reason = null, notedAt = 0 } = noted.slots.find(({ at }) => at === slot.at) ?? {};
    const isNew = notedAt > now() - newMs;
    if ((state === "due" || state === "running") && !isNew)
      await tell(service, publication, slot, { what: "overdue", since, deadline: since, state, reason });
  }
}

/** Tells the operator that a calendar ends, where that is what keeps a publication from being planned. */
async function tellEnd(service: Service, publication: Publication, error: unknown): Promise<void> {
  const { id, zone, table } = calendarOf(service.workspace.calendars, publication);
  if (!isCalendarEnd(error) || table === null) return;
  const asOf = table.validUntil;
  await tell(
    service,
    publication,
    { at: instantAt(addDays(asOf, 1), "00:00", zone), asOf },
    { what: "unplanned", calendar: id, since: service.now(), reason: error.message },
  );
}

/** A slot as logs name it. */
export const slotOf = ({ publication, at, asOf, state, reason }: KeptSlot) => ({
  publication,
  slot: isoInstant(at),
  asOf,
  state,
  ...(reason === null ? {} : { reason }),
});

/** The slot that an issue is of. */
export const slotNamed = ({ instant, asOf }: Pick<KeptIssue, "instant" | "asOf">): Slot => ({
  at: Date.parse(instant),
  asOf,
});

/** Publications whose issues are made by themselves. */
export const scheduled = ({ publications }: Workspace): readonly (Publication & Scheduled)[] =>
  Object.values(publications).filter(isScheduled);

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Raises the alert that an event at a slot deserves; the second time it is the same alert. */
export async function tell(
  { workspace, store, now, log }: Pick<Service, "workspace" | "store" | "now" | "log">,
  publication: Publication,
  slot: Slot,
  event: DistributiveOmit<AlertEvent, "publication" | "slot" | "zone" | "dir">,
): Promise<void> {
  const zone = zoneOf(publication, calendarOf(workspace.calendars, publication));
  const alert = alertOf(
    { ...event, publication, slot, zone, dir: workspace.dir } as AlertEvent,
    channelsOf(workspace.alerts),
  );
  if (await store.ledger.raise(alert, now())) log.warn({ alert: alert.key }, alert.subject);
}

/** Slots that are overdue now, also those that nobody has entered; of a publication whose calendar ends, that it does. */
export async function overdueSlots(
  workspace: Workspace,
  store: Store,
  now: Instant,
): Promise<readonly OverdueSlot[]> {
  const all: OverdueSlot[] = [];
  for (const publication of scheduled(workspace)) {
    const { id } = publication;
    const noted = await notedOf(store, publication);
    try {
      const late = overdue(publication, calendarOf(workspace.calendars, publication), noted, now);
      all.push(...late.map(({ at, since }) => ({ publication: id, slot: at, since, reason: null })));
    } catch (error) {
      if (!isCalendarEnd(error)) throw error;
      all.push({ publication: id, slot: null, since: null, reason: error.message });
    }
  }
  return all;
}
