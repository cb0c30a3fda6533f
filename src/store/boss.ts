import { type Kysely, sql } from "kysely";
import { fromKysely, PgBoss } from "pg-boss";
import { messageOf, TidelineError } from "#src/domain/errors.ts";
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
  const boss = await start(db).catch((error) => {
    throw unusable(error);
  });
  const send = async (transaction: Kysely<Tables>, due: readonly Due[]): Promise<void> => {
    for (const kind of kinds) {
      const jobs = due.filter((each) => each.kind === kind).map(jobOf);
      if (jobs.length > 0) await boss.insert(kind, jobs, { db: fromKysely(transaction) });
    }
  };
  return {
    send,
    async take(kind, limit, now, publications) {
      const others: Due[] = [];
      let handed: readonly Work[] = [];
      // It cannot be asked for some publications: what is of others goes back when ours has been found, or there is no more.
      while (handed.length === 0) {
        const jobs = await boss.fetch<Due>(kind, { batchSize: limit });
        if (jobs.length === 0) break;
        const works = new Map(
          jobs.map(({ id, data }): [string, Work] => [keyOf(data), { ...data, ticket: id }]),
        );
        const among = jobs.map(({ data }) => data);
        const ours = await dueWork(db, kind, now, { among, publications });
        handed = ours.flatMap((each) => works.get(keyOf(each)) ?? []);
        const rest = [...works.values()].filter((work) => !handed.includes(work));
        if (rest.length === 0) break;
        if (publications !== undefined) others.push(...(await dueWork(db, kind, now, { among: rest })));
        await boss.deleteJob(
          kind,
          rest.map(({ ticket }) => ticket),
        );
      }
      await send(db, others);
      return handed;
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

/** A job of which one waits at most; what is older is handed out first. Priorities are whole numbers of 32 bits. */
const jobOf = (data: Due) => ({
  data,
  singletonKey: keyOf(data),
  priority: -(data.delivery ?? Math.floor((data.slot?.at ?? 0) / minuteMs)),
});

const minuteMs = 60_000;

/** Any number that is only ours: one process at a time makes the queue's tables. */
const makersLock = 7_405_112_027;

/** Starts pg-boss on a connection of its own, so that waiting for another process takes none that it needs. */
const start = (db: Kysely<Tables>): Promise<PgBoss> =>
  db.connection().execute(async (own) => {
    let from: Kysely<Tables> | null = own;
    const boss = new PgBoss({
      db: {
        executeSql: (text, values) => (from === null ? pooled(db, text, values) : undone(from, text, values)),
      },
      schema: await schemaBeside(own),
      schedule: false,
      // We have no flows, which it would look for every five seconds.
      flowIntervalSeconds: 3600,
    });
    // What its housekeeping meets is met by the next call too, and told there.
    boss.on("error", () => {});
    await sql`select pg_advisory_lock(${makersLock})`.execute(own);
    try {
      await boss.start();
      for (const kind of kinds) await boss.createQueue(kind, rules);
      return boss;
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {});
      throw error;
    } finally {
      from = null;
      await sql`select pg_advisory_unlock(${makersLock})`.execute(own);
    }
  });

const pooled = (db: Kysely<Tables>, text: string, values?: unknown[]) =>
  db.connection().execute((own) => undone(own, text, values));

/** Some of its texts are whole transactions: one that fails is undone, or the next to use the connection would fail. */
async function undone(own: Kysely<Tables>, text: string, values?: unknown[]) {
  try {
    return await fromKysely(own).executeSql(text, values);
  } catch (error) {
    await sql`rollback`.execute(own).catch(() => {});
    throw error;
  }
}

function unusable(error: unknown): TidelineError {
  const found = messageOf(error);
  const expected = "a user of the database who may make a schema, for the queue beside the store's own";
  return new TidelineError("STORE_UNUSABLE", "the queue cannot be used", [{ found, expected }], {
    cause: error,
  });
}
