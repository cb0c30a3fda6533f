import { type Kysely, sql } from "kysely";
import { messageOf, TidelineError } from "#src/domain/errors.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Engine } from "#src/store/engine.ts";
import type { StoreHealth, UnsentAlert } from "#src/store/store.ts";
import type { Tables } from "#src/store/tables.ts";

/** How a store is, without changing anything in it. */
export async function healthOf(engine: Engine): Promise<StoreHealth> {
  const { db } = engine;
  const damage = await quickDamage(engine);
  // What a broken database holds need not be asked.
  if (damage.length > 0)
    return { damage, unwritable: null, newest: null, plannedUntil: new Map(), unsent: [] };
  return {
    damage,
    unwritable: await unwritable(engine),
    newest: await newest(db),
    plannedUntil: await plannedUntil(db),
    unsent: await unsent(db),
  };
}

/** Broken pages come in numbers: the first tell enough. */
const damageTold = 3;

/** Broken pages, without a look at every index as `damage` has it; on PostgreSQL the server alone can tell. */
async function quickDamage({ kind, db }: Engine): Promise<readonly string[]> {
  if (kind === "postgresql") return [];
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(${sql.lit(damageTold)})`.execute(db);
  const lines = rows.flatMap((row) => row.quick_check.split("\n"));
  return lines.filter((line) => line !== "ok" && !line.startsWith("***")).slice(0, damageTold);
}

/** Ends a transaction that was only to show that it can be written. */
class Written extends Error {}

async function unwritable(engine: Engine): Promise<string | null> {
  try {
    await engine.write(async (trx) => {
      await trx.insertInto("planner").values({ publication: "", seen_until: 0 }).execute();
      throw new Written();
    });
    return null;
  } catch (error) {
    if (error instanceof Written) return null;
    if (error instanceof TidelineError) return error.problems[0]?.found ?? error.message;
    return messageOf(error);
  }
}

async function newest(db: Kysely<Tables>): Promise<Instant | null> {
  const { rows } = await sql<{ at: number | null }>`
    select max(at) as at from (
      select max(loaded_at) as at from batch union all
      select max(started_at) from run union all
      select max(made_at) from issue union all
      select max(noted_at) from slot union all
      select max(updated_at) from delivery union all
      select max(raised_at) from alert) as newest`.execute(db);
  return rows[0]?.at ?? null;
}

async function plannedUntil(db: Kysely<Tables>): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db.selectFrom("planner").selectAll().execute();
  return new Map(rows.map(({ publication, seen_until }) => [publication, seen_until]));
}

async function unsent(db: Kysely<Tables>): Promise<readonly UnsentAlert[]> {
  const rows = await db
    .selectFrom("alert_channel")
    .innerJoin("alert", "alert.id", "alert_channel.alert")
    .select(["key", "kind", "subject", "channel", "attempts", "next_at", "response", "raised_at"])
    .where("sent_at", "is", null)
    .orderBy("alert.id")
    .orderBy("channel")
    .execute();
  return rows.map(({ next_at, raised_at, ...row }) => ({ ...row, nextAt: next_at, raisedAt: raised_at }));
}
