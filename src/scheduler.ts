import { isLate, isScheduled, overdue, type Scheduled, slotPlanner } from "#src/calendar/plan.ts";
import { zoneOf } from "#src/calendar/slots.ts";
import { instantAt } from "#src/calendar/zoned.ts";
import { type AlertEvent, alertOf, channelsOf } from "#src/deliver/alert.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Slot } from "#src/domain/schedule.ts";
import { addDays, type Instant, isoInstant } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { OverdueSlot } from "#src/http/desk.ts";
import type { Service } from "#src/service.ts";
import type { KeptSlot, Planned } from "#src/store/ledger.ts";
import type { KeptIssue, Store } from "#src/store/store.ts";

/** Until when this process has planned, by publication: from then on a slot that is not entered is missed. */
export type Seen = Map<string, Instant>;

/**
 * Enters the slots that have fallen due since anybody last looked, takes up what a process that died has left, and tells the
 * operator what is overdue. Any number of processes may do so, at any time and as often as they like.
 */
export async function tick(service: Service, seen: Seen): Promise<void> {
  const { workspace, store, queue, log, now } = service;
  for (const publication of scheduled(workspace)) {
    try {
      await planAt(service, publication, seen);
    } catch (error) {
      // A calendar that ends must not keep the other publications from their slots.
      log.error({ publication: publication.id, err: error }, "the slots cannot be planned");
      await tellEnd(service, publication, error);
    }
  }
  const swept = await store.ledger.sweepDeliveries(now());
  if (swept > 0) log.warn({ deliveries: swept }, "deliveries of a process that ended");
  await queue.refill(now());
}

async function planAt(service: Service, publication: Publication & Scheduled, seen: Seen): Promise<void> {
  const { workspace, store, log, now } = service;
  const calendar = calendarOf(workspace.calendars, publication);
  const moment = now();
  let known: Planned = { seenUntil: null, slots: [] };
  const entered = await store.ledger.planSlots(publication.id, moment, (planned) => {
    known = planned;
    const plan = slotPlanner(publication, calendar, moment)(planned);
    seen.set(publication.id, plan.seenUntil);
    return plan;
  });
  for (const slot of entered) {
    log.info(slotOf(slot), `slot ${slot.state}`);
    // One that gave way to a later one is made up for by that.
    const isLost =
      slot.state === "skipped" &&
      isLate(publication.schedule, slot, moment) &&
      slot.asOf === entered.at(-1)?.asOf;
    if (isLost)
      await tell(service, publication, slot, { what: "skipped", since: moment, reason: slot.reason ?? "" });
  }
  for (const late of overdue(publication, calendar, known, moment)) {
    if (late.state !== "due" && late.state !== "running") continue;
    const found = known.slots.find(({ at }) => at === late.at);
    await tell(service, publication, late, {
      what: "overdue",
      since: late.since,
      deadline: late.since,
      state: late.state,
      reason: found?.reason ?? null,
    });
  }
}

/** Tells the operator that a calendar ends, where that is what keeps a publication from being planned. */
async function tellEnd(service: Service, publication: Publication, error: unknown): Promise<void> {
  const { id, zone, table } = calendarOf(service.workspace.calendars, publication);
  if (!(error instanceof TidelineError) || error.code !== "CALENDAR_ENDS" || table === null) return;
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

/** Slots that are overdue now, also those that nobody has entered since this process last planned. */
export async function overdueSlots(
  workspace: Workspace,
  store: Store,
  seen: Seen,
  now: Instant,
): Promise<readonly OverdueSlot[]> {
  const all: OverdueSlot[] = [];
  for (const publication of scheduled(workspace)) {
    const slots = await store.ledger.slots({ publication: publication.id, states: ["due", "running"] });
    const noted = { seenUntil: seen.get(publication.id) ?? null, slots };
    const calendar = calendarOf(workspace.calendars, publication);
    for (const { at, since } of overdue(publication, calendar, noted, now))
      all.push({ publication: publication.id, slot: at, since });
  }
  return all;
}
