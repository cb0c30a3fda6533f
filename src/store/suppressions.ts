import type { Kysely } from "kysely";
import type { Instant } from "#src/domain/time.ts";
import { inbox, noteEvents } from "#src/store/deliveries.ts";
import type { Engine } from "#src/store/engine.ts";
import type { Lift, Suppression } from "#src/store/ledger.ts";
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

const standing = { lifted_by: null, lifted_because: null, lifted_at: null } as const;

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
    .values({ publication, address: inbox(address), reason, at: now, ...standing })
    .onConflict((conflict) =>
      conflict.columns(["publication", "address"]).doUpdateSet({ reason, at: now, ...standing }),
    )
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
    .where("lifted_at", "is", null)
    .orderBy("address")
    .execute();
  return rows.map(({ address }) => address);
}

/** Who gets no more issues of which publication and why, the latest first; those that were lifted too. */
export async function suppressions(
  db: Kysely<Tables>,
  of: { readonly publication?: string; readonly address?: string } = {},
): Promise<readonly Suppression[]> {
  const { publication, address } = of;
  const rows = await db
    .selectFrom("suppression")
    .selectAll()
    .$if(publication !== undefined, (all) => all.where("publication", "=", publication ?? ""))
    .$if(address !== undefined, (all) => all.where("address", "=", inbox(address ?? "")))
    .orderBy("at", "desc")
    .orderBy("publication")
    .orderBy("address")
    .execute();
  return rows.map(({ lifted_by, lifted_because, lifted_at, ...row }) => ({
    ...row,
    lifted:
      lifted_by === null || lifted_because === null || lifted_at === null
        ? null
        : { by: lifted_by, because: lifted_because, at: lifted_at },
  }));
}

/** A person answers for it that an address gets issues of a publication again, from the next one on; false where nothing kept it. */
export async function liftSuppression(
  engine: Engine,
  publication: string,
  address: string,
  { by, because, at }: Lift,
): Promise<boolean> {
  const { numUpdatedRows } = await engine.write((trx) =>
    trx
      .updateTable("suppression")
      .set({ lifted_by: by, lifted_because: because, lifted_at: at })
      .where("publication", "=", publication)
      .where("address", "=", inbox(address))
      .where("lifted_at", "is", null)
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}
