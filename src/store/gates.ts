import { type Kysely, sql } from "kysely";
import type { Instant } from "#src/domain/time.ts";
import { writeDeliveries } from "#src/store/deliveries.ts";
import type { Engine } from "#src/store/engine.ts";
import { heldIssues } from "#src/store/gate-note.ts";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import type { Tables } from "#src/store/tables.ts";

/** Notes what the gates said of an issue; where a person has released it, that stands. */
export const noteGate = (
  engine: Engine,
  issue: number,
  findings: readonly string[],
  now: Instant,
): Promise<void> => engine.write((trx) => writeGate(trx, issue, findings, now));

/** The same inside a transaction. */
export async function writeGate(
  trx: Kysely<Tables>,
  issue: number,
  findings: readonly string[],
  now: Instant,
): Promise<void> {
  const said = { checked_at: now, findings: JSON.stringify(findings) };
  await trx
    .insertInto("gate")
    .values({ issue, ...said, released_by: null, released_because: null, released_at: null })
    .onConflict((conflict) =>
      conflict.column("issue").doUpdateSet(said).where("gate.released_at", "is", null),
    )
    .execute();
}

/** Issues of whose as-of a newer revision is out, after which the older must not go out. */
const replacedIssues = sql<number>`(
  select old.id from issue as old join issue as newer
  on newer.publication = old.publication and newer.as_of = old.as_of and newer.revision > old.revision
  where newer.id not in ${heldIssues})`;

/**
 * Releases a held issue whose place no newer revision has taken: its deliveries are written and its slot is made, in one
 * transaction.
 */
export const release = (
  engine: Engine,
  issue: number,
  by: string,
  because: string,
  deliveries: readonly DeliveryToWrite[],
  now: Instant,
): Promise<boolean> =>
  engine.write(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("gate")
      .set({ released_by: by, released_because: because, released_at: now })
      .where("issue", "=", issue)
      .where("issue", "not in", replacedIssues)
      .where("findings", "<>", "[]")
      .where("released_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await trx
      .updateTable("slot")
      .set({ state: "made", ended_at: now })
      .where("issue", "=", issue)
      .where("state", "=", "held")
      .execute();
    await writeDeliveries(engine, trx, issue, deliveries, now);
    return true;
  });
