import type { Kysely } from "kysely";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { KeptRun } from "#src/store/store.ts";
import type { Tables } from "#src/store/tables.ts";

/** Notes that a run has begun; returns its number. */
export async function beginRun(
  db: Kysely<Tables>,
  publication: string,
  asOf: IsoDate,
  now: Instant,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("run")
      .values({ publication, as_of: asOf, started_at: now, ended_at: null, issue: null, failure: null })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Notes how a run ended. */
export async function endRun(
  db: Kysely<Tables>,
  run: number,
  end: { readonly issue: number | null } | { readonly failure: string },
  now: Instant,
): Promise<void> {
  await db.transaction().execute((trx) =>
    trx
      .updateTable("run")
      .set({ ended_at: now, ...end })
      .where("id", "=", run)
      .execute(),
  );
}

/** The latest runs, the newest first. */
export async function runs(db: Kysely<Tables>, limit: number): Promise<readonly KeptRun[]> {
  const rows = await db.selectFrom("run").selectAll().orderBy("id", "desc").limit(limit).execute();
  return rows.map(({ id, publication, as_of, started_at, ended_at, issue, failure }) => ({
    id,
    publication,
    asOf: as_of,
    startedAt: started_at,
    endedAt: ended_at,
    issue,
    failure,
  }));
}
