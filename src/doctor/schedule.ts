import { isScheduled, type Overdue, overdue } from "#src/calendar/plan.ts";
import { nextSlots } from "#src/calendar/slots.ts";
import type { Patient } from "#src/doctor/check.ts";
import { count, type Diagnosis, fail, failureOf, ok, warn } from "#src/doctor/check.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Slot } from "#src/domain/schedule.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { KeptDelivery, KeptSlot } from "#src/store/ledger.ts";
import { isHeld, type KeptIssue, type Store } from "#src/store/store.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The scheduler looks every minute. */
const absentMs = 10 * minuteMs;

/** What is known of the slots of one publication. */
export interface ScheduleFound {
  readonly publication: string;
  readonly next: Slot | null;
  /** Why the next slot is not known. */
  readonly end: string | null;
  /** When a scheduler last looked; `null` where none has. */
  readonly seen: Instant | null;
  readonly overdue: readonly Pick<Overdue, "asOf" | "since">[];
}

export function judgeSchedule(found: ScheduleFound, now: Instant): Diagnosis {
  const { publication, next, end, seen } = found;
  const [late] = found.overdue;
  const start = "`tideline serve` makes what is due; keep it running";
  if (late !== undefined) {
    const more = found.overdue.length > 1 ? ` and ${found.overdue.length - 1} more` : "";
    return fail(`${publication}/${late.asOf}${more} is overdue since ${isoInstant(late.since)}`, start);
  }
  if (next === null && end !== null)
    return fail(`${publication}: the next slot is not known: ${end}`, "mend the calendar");
  const coming = next === null ? "no slot to come" : `next ${isoInstant(next.at)} for ${next.asOf}`;
  if (seen === null) return warn(`${publication}: ${coming}; no scheduler has looked yet`, start);
  if (seen < now - absentMs)
    return warn(`${publication}: ${coming}; a scheduler last looked ${isoInstant(seen)}`, start);
  return ok(`${publication}: ${coming}; a scheduler last looked ${isoInstant(seen)}`);
}

/** One diagnosis for each publication that is made by itself. */
export async function schedule(
  { publications, calendars }: Workspace,
  store: Patient["store"],
  now: Instant,
): Promise<readonly Diagnosis[]> {
  const all: Diagnosis[] = [];
  for (const publication of Object.values(publications).filter(isScheduled)) {
    const calendar = calendarOf(calendars, publication);
    const { slots, end } = nextSlots(publication, calendar, now, 1);
    const seen = store?.health.plannedUntil.get(publication.id) ?? null;
    const open = await store?.store.ledger.slots({ publication: publication.id, states: ["due", "running"] });
    const found = {
      publication: publication.id,
      next: slots[0] ?? null,
      end: end === null ? null : failureOf(end),
      seen,
      overdue: overdueOr([], () =>
        overdue(publication, calendar, { seenUntil: seen, slots: open ?? [] }, now),
      ),
    };
    all.push(judgeSchedule(found, now));
  }
  return all.length === 0 ? [ok("no publication is made by itself")] : all;
}

/** A calendar that ends is another check's. */
function overdueOr<T>(otherwise: T, ask: () => T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

/** What is older is not what the operator comes for. */
const recentMs = 14 * dayMs;

/** What waits for a person: issues that are held, slots that failed, and deliveries that failed or have no answer. */
export function judgeWaiting(
  issues: readonly Pick<KeptIssue, "publication" | "asOf" | "revision" | "gate">[],
  failed: readonly Pick<KeptSlot, "publication" | "asOf" | "reason" | "endedAt">[],
  deliveries: readonly Pick<KeptDelivery, "state" | "updatedAt">[],
  now: Instant,
): readonly Diagnosis[] {
  const isRecent = (at: Instant | null): boolean => at !== null && at > now - recentMs;
  const held = newest(issues).filter((issue) => isHeld(issue) && isRecent(issue.gate?.checkedAt ?? null));
  const undone = failed.filter(({ endedAt }) => isRecent(endedAt));
  const states = deliveries.filter(({ updatedAt }) => isRecent(updatedAt)).map(({ state }) => state);
  const [unsent, unknown] = (["failed", "unknown"] as const).map(
    (state) => states.filter((each) => each === state).length,
  );
  return [
    ...held.map((issue) => {
      const name = `${issue.publication}/${issue.asOf}@${issue.revision}`;
      return warn(
        `${name} is held`,
        `look at it with \`tideline archive show ${name}\`; \`tideline release\` lets it go`,
      );
    }),
    ...undone.map(({ publication, asOf, reason }) =>
      warn(
        `${publication}/${asOf} failed: ${reason?.split("\n")[0] ?? "without a reason"}`,
        `\`tideline run ${publication} --as-of ${asOf}\``,
      ),
    ),
    ...(unsent || unknown
      ? [
          warn(
            `${count(unsent ?? 0, "delivery", "deliveries")} failed, ${unknown} without an answer`,
            "`tideline deliveries` lists them, `tideline send ISSUE --failed` sends those that failed again, `--to ADDRESS --by NAME` one without an answer",
          ),
        ]
      : []),
  ];
}

/** Of each as-of the newest revision, which stands first. */
const newest = <Issue extends Pick<KeptIssue, "publication" | "asOf">>(
  issues: readonly Issue[],
): readonly Issue[] => [
  ...new Map(issues.toReversed().map((issue) => [`${issue.publication}/${issue.asOf}`, issue])).values(),
];

export async function waiting(store: Store, now: Instant): Promise<readonly Diagnosis[]> {
  const failed = await store.ledger.slots({ states: ["failed"], limit: 100 });
  const deliveries = await store.ledger.deliveries({ states: ["failed", "unknown"], limit: 10_000 });
  const found = judgeWaiting(await store.issues(), failed, deliveries, now);
  return found.length === 0 ? [ok("nothing waits for a person")] : found;
}
