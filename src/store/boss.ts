import { type Kysely, sql } from "kysely";
import { fromKysely, PgBoss } from "pg-boss";
import { TidelineError } from "#src/domain/errors.ts";
import { sha256 } from "#src/store/digest.ts";
import type { Queue, Work, WorkKind } from "#src/store/ledger.ts";
import { type Due, dueWork, keyOf } from "#src/store/queue.ts";
import type { Tables } from "#src/store/tables.ts";

/** The queue of a PostgreSQL. */
export interface Boss extends Queue {
  /** Puts work into the queue inside a transaction: once, however often it is put there before somebody takes it. */
  send(transaction: Kysely<Tables>, due: readonly Due[]): Promise<void>;
}

const kinds: readonly WorkKind[] = ["slot", "delivery"];

/**
 * How pg-boss keeps our jobs. Of each piece of work one job waits at most. Nothing is retried by itself: the ledger says
 * what is due again, and `refill` puts it back. What a process took and never ended goes with it.
 */
const rules = {
  policy: "short",
  retryLimit: 0,
  expireInSeconds: 3600,
  deleteAfterSeconds: 3600,
} as const;

/** Its tables stand beside ours, so that several workspaces of one database have each their own; it takes plain names only. */
async function schemaBeside(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db);
  const name = rows[0]?.name ?? "";
  return `${/^[a-z_][a-z0-9_]{0,40}$/.test(name) ? name : `tideline_${sha256(name).slice(0, 16)}`}_queue`;
}

/**
 * Opens pg-boss as the queue; several processes may, also for the first time at once.
 *
 * The ledger decides what is due, on the clock that it is asked with: pg-boss hands out what it was given, and times nothing.
 *
 * @param closed  called when it has been disposed of
 * @throws {TidelineError} `STORE_UNUSABLE` where it cannot make or use its tables
 */
export async function openBoss(db: Kysely<Tables>, closed: () => void): Promise<Boss> {
  const boss = new PgBoss({ db: fromKysely(db), schema: await schemaBeside(db), schedule: false });
  // What its housekeeping meets is met by the next call too, and told there.
  boss.on("error", () => {});
  try {
    await boss.start();
    for (const kind of kinds) await boss.createQueue(kind, rules);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw unusable(error);
  }
  const send = async (transaction: Kysely<Tables>, due: readonly Due[]): Promise<void> => {
    for (const kind of kinds) {
      const jobs = due
        .filter((each) => each.kind === kind)
        .map((data) => ({ data, singletonKey: keyOf(data) }));
      if (jobs.length > 0) await boss.insert(kind, jobs, { db: fromKysely(transaction) });
    }
  };
  return {
    send,
    async take(kind, limit, now) {
      const jobs = await boss.fetch<Due>(kind, { batchSize: limit });
      if (jobs.length === 0) return [];
      const among = jobs.map(({ data }) => data);
      const due = new Set((await dueWork(db, kind, now, { among })).map(keyOf));
      const works = jobs.map(({ id, data }): Work => ({ ...data, ticket: id }));
      const stale = works.filter((work) => !due.has(keyOf(work)));
      if (stale.length > 0)
        await boss.deleteJob(
          kind,
          stale.map(({ ticket }) => ticket),
        );
      return works.filter((work) => due.has(keyOf(work)));
    },
    async done({ kind, ticket }) {
      await boss.deleteJob(kind, ticket);
    },
    async refill(now) {
      for (const kind of kinds) await send(db, await dueWork(db, kind, now));
    },
    async [Symbol.asyncDispose]() {
      closed();
      await boss.stop({ graceful: false });
    },
  };
}

function unusable(error: unknown): TidelineError {
  const found = error instanceof Error ? error.message : String(error);
  const expected = "a user of the database who may make a schema, for the queue beside the store's own";
  return new TidelineError("STORE_UNUSABLE", "the queue cannot be used", [{ found, expected }], {
    cause: error,
  });
}
