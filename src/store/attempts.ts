import { type Kysely, sql } from "kysely";
import type { Instant } from "#src/domain/time.ts";
import { inbox, keptDelivery, noteEvents } from "#src/store/deliveries.ts";
import type { Engine } from "#src/store/engine.ts";
import type { DeliveryEnd, KeptDelivery } from "#src/store/ledger.ts";
import { dueDelivery, isDeliveryFree } from "#src/store/queue.ts";
import type { Tables } from "#src/store/tables.ts";

/**
 * Takes a pending delivery whose time has come. Compared and set in one statement: of two that take it one changes it.
 *
 * @returns `null` where another has it, it is not due or of none of the publications, or its address has been suppressed since it was asked for
 */
export const takeDelivery = (
  { db }: Engine,
  id: number,
  owner: string,
  now: Instant,
  leaseMs: number,
  publications?: readonly string[],
): Promise<KeptDelivery | null> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("delivery")
      .set(({ eb }) => ({
        state: "sending" as const,
        attempts: eb("attempts", "+", 1),
        owner,
        lease_until: now + leaseMs,
        data_at: null,
        updated_at: now,
      }))
      .where("id", "=", id)
      .where(isDeliveryFree(now, publications))
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return null;
    const reason = await suppressedSince(trx, row);
    if (reason === null) {
      await noteEvents(trx, [{ delivery: id, state: "sending", detail: null }], now);
      return keptDelivery(row);
    }
    const ended = { state: "suppressed", response: reason, attempts: row.attempts - 1, ...free } as const;
    await trx.updateTable("delivery").set(ended).where("id", "=", id).execute();
    await noteEvents(trx, [{ delivery: id, state: "suppressed", detail: reason }], now);
    return null;
  });

const free = { owner: null, lease_until: null } as const;

/** Why an address was suppressed after a person last asked for this delivery, if one did. */
async function suppressedSince(
  trx: Kysely<Tables>,
  { issue, address, asked_at }: Pick<Tables["delivery"], "issue" | "address" | "asked_at">,
): Promise<string | null> {
  const row = await trx
    .selectFrom("suppression")
    .innerJoin("issue", "issue.publication", "suppression.publication")
    .select(["suppression.reason", "suppression.at"])
    .where("issue.id", "=", issue)
    .where("suppression.address", "=", inbox(address))
    .where("lifted_at", "is", null)
    .executeTakeFirst();
  return row === undefined || (asked_at !== null && row.at <= asked_at) ? null : row.reason;
}

/** Notes that the message itself begins to be sent, while the owner's lease lasts; a new one begins. */
export const markData = (
  { db }: Engine,
  id: number,
  owner: string,
  now: Instant,
  leaseMs: number,
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("delivery")
      .set({ data_at: now, lease_until: now + leaseMs, updated_at: now })
      .where("id", "=", id)
      .where("state", "=", "sending")
      .where("owner", "=", owner)
      .where("lease_until", ">", now)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  });

/** Ends an attempt that the owner still holds; one whose lease has ended holds it until somebody else has found that. */
export const endDelivery = (
  engine: Engine,
  id: number,
  owner: string,
  end: DeliveryEnd,
  now: Instant,
): Promise<boolean> =>
  engine.db.transaction().execute(async (trx) => {
    const { state, response } = end;
    const again = end.state === "pending" ? { next_at: end.nextAt, data_at: null } : {};
    // Taking it has counted the attempt.
    const returned = end.state === "pending" && end.isUnspent ? 1 : 0;
    const { numUpdatedRows } = await trx
      .updateTable("delivery")
      .set((row) => ({
        state,
        response,
        attempts: row.eb("attempts", "-", returned),
        ...again,
        ...free,
        updated_at: now,
      }))
      .where("id", "=", id)
      .where("state", "=", "sending")
      .where("owner", "=", owner)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await noteEvents(trx, [{ delivery: id, state, detail: response }], now);
    if (end.state === "pending" && end.nextAt <= now) await engine.announce(trx, [dueDelivery(id)]);
    return true;
  });

const cutOff = "the process that was sending it has ended";
const cutOffInData = `${cutOff} after the message had begun: it may have arrived`;

/** A delivery in whose sending the process ends each time is not tried for ever: it would take others with it. */
const mostCutOffs = 12;
const cutOffTooOften = `${cutOff} each time (given up after ${mostCutOffs} times)`;

/** What could not be tried so long is not sent by itself any more: nobody waits for last week's issue. */
const longestWaitMs = 7 * 24 * 3_600_000;
const waitedTooLong = "given up: for a week nobody could send it";

/**
 * Ends attempts whose lease has ended: to be tried again, unless the message had begun. What has waited for a week has failed.
 * Returns how many.
 */
export const sweepDeliveries = (engine: Engine, now: Instant): Promise<number> =>
  engine.write(async (trx) => {
    const stale = trx
      .updateTable("delivery")
      .where("state", "=", "sending")
      .where("lease_until", "<=", now)
      .returning(["id", "state", "response"]);
    const changed = { ...free, updated_at: now };
    const unknown = await stale
      .set({ state: "unknown", response: cutOffInData, ...changed })
      .where("data_at", "is not", null)
      .execute();
    const failed = await stale
      .set({ state: "failed", response: cutOffTooOften, ...changed })
      .where(cutOffsBefore, ">=", mostCutOffs - 1)
      .execute();
    const pending = await stale
      .set(({ eb }) => ({
        state: "pending" as const,
        response: cutOff,
        attempts: eb("attempts", "-", 1),
        next_at: now,
        ...changed,
      }))
      .execute();
    const late = await trx
      .updateTable("delivery")
      .set({ state: "failed", response: waitedTooLong, updated_at: now })
      .where("state", "=", "pending")
      .where("updated_at", "<=", now - longestWaitMs)
      .returning(["id", "state", "response"])
      .execute();
    const swept = [...unknown, ...failed, ...pending, ...late];
    const notes = swept.map(({ id, state, response }) => ({ delivery: id, state, detail: response }));
    await noteEvents(trx, notes, now);
    await engine.announce(
      trx,
      pending.map(({ id }) => dueDelivery(id)),
    );
    return notes.length;
  });

/** How often a delivery has been cut off and tried again since a person last asked for it. */
const cutOffsBefore = sql<number>`(select count(*) from delivery_event as event
  where event.delivery = delivery.id and event.state = 'pending' and event.detail = ${cutOff}
  and event.at >= coalesce(delivery.asked_at, event.at))`;

/** A person asks for a delivery (again): its attempts are counted anew, and what suppressed it before no longer does. */
export const resendDelivery = (engine: Engine, id: number, by: string, now: Instant): Promise<boolean> =>
  engine.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("delivery")
      .set({ state: "pending", attempts: 0, next_at: now, data_at: null, asked_at: now, updated_at: now })
      .where("id", "=", id)
      .where("state", "in", ["failed", "unknown", "suppressed"])
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await noteEvents(trx, [{ delivery: id, state: "pending", detail: by }], now);
    await engine.announce(trx, [dueDelivery(id)]);
    return true;
  });
