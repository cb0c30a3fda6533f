import type { Kysely } from "kysely";
import type { Instant } from "#src/domain/time.ts";
import { inbox, noteEvents } from "#src/store/deliveries.ts";
import type { Engine } from "#src/store/engine.ts";
import type { Tables } from "#src/store/tables.ts";

/** Whose delivery carries that token gets no more issues of its publication. The same again changes nothing. */
export const unsubscribe = (
  engine: Engine,
  token: string,
  now: Instant,
): Promise<{ readonly publication: string; readonly address: string } | null> =>
  engine.write(async (trx) => {
    const row = await trx
      .selectFrom("delivery")
      .innerJoin("issue", "issue.id", "delivery.issue")
      .select(["issue.publication", "delivery.address"])
      .where("delivery.token", "=", token)
      .executeTakeFirst();
    if (row === undefined) return null;
    await enter(trx, row.publication, row.address, "unsubscribed", now);
    return row;
  });

/** An address gets no more issues of a publication; what is pending for it is suppressed. */
export const suppress = (
  engine: Engine,
  publication: string,
  address: string,
  reason: string,
  now: Instant,
): Promise<void> => engine.write((trx) => enter(trx, publication, address, reason, now));

async function enter(
  trx: Kysely<Tables>,
  publication: string,
  address: string,
  reason: string,
  now: Instant,
): Promise<void> {
  // Said again it counts from now on: somebody may have been sent an issue by hand in between.
  await trx
    .insertInto("suppression")
    .values({ publication, address: inbox(address), reason, at: now })
    .onConflict((conflict) => conflict.columns(["publication", "address"]).doUpdateSet({ at: now }))
    .execute();
  const rows = await trx
    .updateTable("delivery")
    .set({ state: "suppressed", response: reason, updated_at: now })
    .where("state", "=", "pending")
    .where((eb) => eb(eb.fn<string>("lower", ["address"]), "=", inbox(address)))
    .where("issue", "in", (eb) =>
      eb.selectFrom("issue").select("issue.id").where("issue.publication", "=", publication),
    )
    .returning("id")
    .execute();
  const notes = rows.map(({ id }) => ({ delivery: id, state: "suppressed", detail: reason }) as const);
  await noteEvents(trx, notes, now);
}

/** Addresses, in lower case, that get no issues of a publication. */
export async function suppressed(db: Kysely<Tables>, publication: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("suppression")
    .select("address")
    .where("publication", "=", publication)
    .orderBy("address")
    .execute();
  return rows.map(({ address }) => address);
}
