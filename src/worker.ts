import { deadlineOf, isLate, whyLate } from "#src/calendar/plan.ts";
import { lastSession } from "#src/calendar/slots.ts";
import { audienceOrWhyNot, faultsOf } from "#src/clearance.ts";
import { loadCommentary } from "#src/commentary/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { messageOf, TidelineError } from "#src/domain/errors.ts";
import type { Job } from "#src/domain/issue.ts";
import type { Schedule } from "#src/domain/schedule.ts";
import { type Instant, type IsoDate, isoInstant } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";
import { gather } from "#src/gather.ts";
import { asRun, type Gate, makeIssue } from "#src/make.ts";
import { slotBefore } from "#src/origin.ts";
import { scheduled, slotOf } from "#src/scheduler.ts";
import type { Service } from "#src/service.ts";
import type { KeptSlot, SlotEnd } from "#src/store/ledger.ts";
import { isHeld, type KeptIssue } from "#src/store/store.ts";

const minuteMs = 60_000;
/** Longer than any issue takes to make; the owner extends it while it is at it. */
const leaseMs = 10 * minuteMs;
/** An attempt that takes longer hangs: the slot is free for another process once the lease has ended. */
const longestMs = 60 * minuteMs;
/** Waits before a slot that failed is tried again; after the last it has failed for good. */
const waits = [1, 5, 15, 60].map((minutes) => minutes * minuteMs);

/** An issue whose making ends the process is not tried for ever: nothing else would be made. */
const mostAttempts = waits.length + 2;

/** When a slot is tried again after so many attempts; `null`: it has failed for good. */
const retryAt = (attempts: number, now: Instant): Instant | null => {
  const wait = waits[attempts - 1];
  return wait === undefined ? null : now + wait;
};

/** Makes the issues that are due, one after the other, until none is or the process is to stop. Returns how many it had a hand in. */
export async function makeDue(service: Service): Promise<number> {
  const { workspace, queue, now, stopping } = service;
  // A slot of another publication is left for a process whose configuration knows it.
  const known = scheduled(workspace).map(({ id }) => id);
  if (known.length === 0) return 0;
  for (let n = 0; ; n++) {
    const [work] = stopping.aborted ? [] : await queue.take("slot", 1, now(), known);
    if (work?.slot == null) return n;
    await makeSlot(service, work.slot.publication, work.slot.at);
    await queue.done(work);
  }
}

/** Makes the issue of a slot, unless another process is at it: it ends as made, held, skipped or failed, or is tried again. */
async function makeSlot(service: Service, id: string, at: Instant): Promise<void> {
  const { workspace, store, owner, now } = service;
  const publication = workspace.publications[id];
  const schedule = publication?.schedule ?? null;
  if (publication === undefined || schedule === null) return;
  const slot = await store.ledger.takeSlot(id, at, owner, now(), leaseMs);
  if (slot === null) return;
  if (schedule.late === "skip" && isLate(schedule, slot, now()))
    return end(service, slot, { state: "skipped", reason: whyLate(schedule, slot) });
  if (slot.attempts > mostAttempts)
    return end(service, slot, {
      state: "failed",
      reason: "the process that made it ended each time, without a word",
    });
  const until = now() + longestMs;
  const lease = setInterval(() => {
    if (now() < until) void extend(service, slot);
  }, leaseMs / 5);
  try {
    await attempt(service, publication, schedule, slot);
  } finally {
    clearInterval(lease);
  }
}

async function extend({ store, owner, now, log }: Service, slot: KeptSlot): Promise<void> {
  try {
    await store.ledger.extendSlot(slot, owner, now(), leaseMs);
  } catch (error) {
    // Whoever takes the slot meanwhile keeps the issue; what is made here is then not kept.
    log.warn({ err: error }, "the hold on a slot could not be extended");
  }
}

async function attempt(
  service: Service,
  publication: Publication,
  schedule: Schedule,
  slot: KeptSlot,
): Promise<void> {
  const { store, now } = service;
  const log = service.log.child({ publication: publication.id, slot: isoInstant(slot.at) });
  try {
    await asRun(store, publication.id, slot.asOf, now, async (run) => {
      const own = { ...service, log: log.child({ run }) };
      own.log.info({ attempt: slot.attempts }, "making");
      return { kept: await make(own, publication, schedule, slot) };
    });
  } catch (error) {
    log.error({ err: error }, "not made");
    await failed({ ...service, log }, slot, error);
  }
}

/** What a page or the data do not permit stays so; anything else may pass. */
function failed(service: Service, slot: KeptSlot, error: unknown): Promise<void> {
  const { now } = service;
  const reason = messageOf(error);
  const isLasting = error instanceof TidelineError && error.code === "HELD";
  const nextAt = isLasting ? null : retryAt(slot.attempts, now());
  return end(service, slot, nextAt === null ? { state: "failed", reason } : { state: "due", reason, nextAt });
}

async function end({ store, owner, now, log }: Service, slot: KeptSlot, how: SlotEnd): Promise<void> {
  const isOurs = await store.ledger.endSlot(slot, owner, how, now());
  log.info(
    { ...slotOf(slot), ...how },
    isOurs ? `slot ${how.state}` : "the slot has ended already, or another process has taken it",
  );
}

/** Gathers, makes, checks, and publishes: the issue with its deliveries and the end of its slot in one transaction. */
async function make(
  service: Service,
  publication: Publication,
  schedule: Schedule,
  slot: KeptSlot,
): Promise<KeptIssue> {
  const { workspace, store, owner, place, now, log } = service;
  const asOf = { date: slot.asOf, instant: slot.at };
  const job = { workspace, publication, asOf };
  const commentary = await loadCommentary(job).catch(awaited);
  const { gaps, ...counts } = await gather(workspace, store, now);
  log.info({ ...counts, gaps: Object.keys(gaps).length }, "gathered");
  const gate: Gate = async (dirty, files, newest) => {
    const objections = [...dirty, ...late(schedule, slot, now()), ...nothingNew(job, newest)];
    const { audience, faults } = await audienceOrWhyNot(workspace, publication, slot.asOf);
    return {
      findings: [...objections, ...(await faultsOf(files)), ...faults],
      deliveries: audience,
      slot: { publication: publication.id, at: slot.at, owner },
    };
  };
  const order = { job, languages: publication.languages, place, revised: false, gaps, commentary };
  const { kept } = await makeIssue(store, order, gate, now, (stage, told) => log.info(told, stage));
  if (kept === null) throw new RangeError("an issue in all its languages is kept");
  const { findings = [] } = kept.gate ?? {};
  log.info({ issue: kept.id, revision: kept.revision, findings }, isHeld(kept) ? "held" : "published");
  return kept;
}

/** What keeps commentary from being set may be mended while the issue waits: the other language is on its way. */
function awaited(error: unknown): never {
  throw new Error(messageOf(error), { cause: error });
}

/** An issue that is kept back because it comes after its deadline. */
const late = (schedule: Schedule, slot: KeptSlot, now: Instant): readonly string[] =>
  schedule.late === "hold" && isLate(schedule, slot, now)
    ? [
        `late: made at ${isoInstant(now)}, expected by ${isoInstant(deadlineOf(schedule, slot))}; its readers may have no use for it any more`,
      ]
    : [];

/** An issue that could only repeat the one before: whoever was to bring the numbers has not done so. */
function nothingNew(job: Job, newest: IsoDate | null): readonly string[] {
  const { workspace, publication } = job;
  const { instant } = slotBefore(job);
  const closed = lastSession(calendarOf(workspace.calendars, publication), instant);
  if (newest !== null && newest > closed) return [];
  return [
    `nothing new: the last value of any series is of ${newest ?? "no day"}, expected one after ${closed}, the last session before ${isoInstant(instant)}, the slot before`,
  ];
}
