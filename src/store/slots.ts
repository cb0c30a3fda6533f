import type { Kysely } from "kysely";
import type { SlotPlan, SlotState } from "#src/domain/schedule.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Engine } from "#src/store/engine.ts";
import type { KeptSlot, Planned, SlotEnd } from "#src/store/ledger.ts";
import { dueSlot, isSlotFree } from "#src/store/queue.ts";
import type { Tables } from "#src/store/tables.ts";

const kept = (row: Tables["slot"]): KeptSlot => ({
  publication: row.publication,
  at: row.at,
  asOf: row.as_of,
  state: row.state,
  reason: row.reason,
  notedAt: row.noted_at,
  attempts: row.attempts,
  nextAt: row.next_at,
  owner: row.owner,
  leaseUntil: row.lease_until,
  issue: row.issue,
  endedAt: row.ended_at,
});

const free = { owner: null, lease_until: null } as const;

/**
 * Asks the planner, alone among writers, and enters what it decides: new slots, and in their other state those that are
 * due or skipped. What somebody is at, or what has ended otherwise, is left alone.
 */
export const planSlots = (
  engine: Engine,
  publication: string,
  now: Instant,
  plan: (known: Planned) => SlotPlan,
): Promise<readonly KeptSlot[]> =>
  engine.write(async (trx) => {
    const of = trx.selectFrom("slot").selectAll().where("publication", "=", publication);
    const known = (await of.orderBy("at").execute()).map(kept);
    const { seenUntil, slots: planned } = plan({
      seenUntil: await seenUntilOf(trx, publication),
      slots: known,
    });
    await trx
      .insertInto("planner")
      .values({ publication, seen_until: seenUntil })
      .onConflict((conflict) => conflict.column("publication").doUpdateSet({ seen_until: seenUntil }))
      .execute();
    const byMoment = new Map(known.map((slot) => [slot.at, slot]));
    const entered: KeptSlot[] = [];
    for (const slot of planned) {
      if (!isOpen(byMoment.get(slot.at), slot.state)) continue;
      const row = await enter(trx, publication, slot, now);
      byMoment.set(slot.at, row);
      entered.push(row);
    }
    const due = entered.filter(({ state, nextAt }) => state === "due" && nextAt <= now);
    await engine.announce(
      trx,
      due.map(({ at }) => dueSlot(publication, at)),
    );
    return entered;
  });

/** Whether the planner may enter a slot in that state: it is new, or changes what nobody has begun. */
const isOpen = (known: KeptSlot | undefined, state: SlotState): boolean =>
  known === undefined || ((known.state === "due" || known.state === "skipped") && known.state !== state);

/** Until when slots have been planned, by whomever; `null`: never yet. */
export async function seenUntilOf(trx: Kysely<Tables>, publication: string): Promise<Instant | null> {
  const of = trx.selectFrom("planner").select("seen_until").where("publication", "=", publication);
  return (await of.executeTakeFirst())?.seen_until ?? null;
}

async function enter(
  trx: Kysely<Tables>,
  publication: string,
  { at, asOf, state, reason }: SlotPlan["slots"][number],
  now: Instant,
): Promise<KeptSlot> {
  const said = { state, reason, next_at: at, ended_at: state === "skipped" ? now : null } as const;
  const row = await trx
    .insertInto("slot")
    .values({ publication, at, as_of: asOf, ...said, ...free, noted_at: now, attempts: 0, issue: null })
    .onConflict((conflict) => conflict.columns(["publication", "at"]).doUpdateSet(said))
    .returningAll()
    .executeTakeFirstOrThrow();
  return kept(row);
}

/** Slots, the newest first. */
export async function slots(
  db: Kysely<Tables>,
  of: { readonly publication?: string; readonly states?: readonly SlotState[]; readonly limit?: number } = {},
): Promise<readonly KeptSlot[]> {
  const { publication, states, limit } = of;
  const rows = await db
    .selectFrom("slot")
    .selectAll()
    .$if(publication !== undefined, (all) => all.where("publication", "=", publication ?? ""))
    .$if(states !== undefined, (all) => all.where("state", "in", states ?? []))
    .orderBy("at", "desc")
    .orderBy("publication")
    .$if(limit !== undefined, (all) => all.limit(limit ?? 0))
    .execute();
  return rows.map(kept);
}

/** Takes a slot that may be taken. Compared and set in one statement: of two that take it one changes it. */
export const takeSlot = (
  { db }: Engine,
  publication: string,
  at: Instant,
  owner: string,
  now: Instant,
  leaseMs: number,
): Promise<KeptSlot | null> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("slot")
      .set(({ eb }) => ({
        state: "running" as const,
        attempts: eb("attempts", "+", 1),
        owner,
        lease_until: now + leaseMs,
      }))
      .where("publication", "=", publication)
      .where("at", "=", at)
      .where(isSlotFree(now))
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : kept(row);
  });

type Change = Partial<Omit<Tables["slot"], "publication" | "at">>;

/** Changes a slot that an owner holds; of a slot that the same owner has taken again, the earlier taking holds nothing. */
async function changeHeld(
  trx: Kysely<Tables>,
  { publication, at, attempts }: Pick<KeptSlot, "publication" | "at"> & { readonly attempts?: number },
  owner: string,
  change: Change,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("slot")
    .set(change)
    .where("publication", "=", publication)
    .where("at", "=", at)
    .where("state", "=", "running")
    .where("owner", "=", owner)
    .$if(attempts !== undefined, (all) => all.where("attempts", "=", attempts ?? 0))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Holds a slot longer, also after its lease has ended while nobody else has taken it. */
export const extendSlot = (
  { db }: Engine,
  slot: KeptSlot,
  owner: string,
  now: Instant,
  leaseMs: number,
): Promise<boolean> =>
  db.transaction().execute((trx) => changeHeld(trx, slot, owner, { lease_until: now + leaseMs }));

/** Ends the work on a slot that the owner still holds. */
export const endSlot = (
  engine: Engine,
  slot: KeptSlot,
  owner: string,
  end: SlotEnd,
  now: Instant,
): Promise<boolean> =>
  engine.db.transaction().execute(async (trx) => {
    const { state, reason } = end;
    const when = end.state === "due" ? { next_at: end.nextAt } : { ended_at: now };
    if (!(await changeHeld(trx, slot, owner, { state, reason, ...when, ...free }))) return false;
    if (end.state === "due" && end.nextAt <= now)
      await engine.announce(trx, [dueSlot(slot.publication, slot.at)]);
    return true;
  });

/** Ends a slot with the issue that was made for it, in the transaction that publishes that. */
export const endWithIssue = (
  trx: Kysely<Tables>,
  { owner, ...slot }: { readonly publication: string; readonly at: Instant; readonly owner: string },
  issue: number,
  findings: readonly string[],
  now: Instant,
): Promise<boolean> =>
  changeHeld(trx, slot, owner, {
    state: findings.length === 0 ? "made" : "held",
    reason: findings.length === 0 ? null : findings.join("; "),
    issue,
    ended_at: now,
    ...free,
  });
