import { backup } from "#src/store/backup.ts";
import type { Engine } from "#src/store/engine.ts";
import { entriesOf } from "#src/store/entries.ts";
import { healthOf } from "#src/store/health.ts";
import { fileOf, filesOf, history, issueById, issueOf, issues } from "#src/store/issues.ts";

import { keepIssue } from "#src/store/keep.ts";
import { ledgerOn } from "#src/store/ledger-on.ts";
import { migrate } from "#src/store/migrate.ts";
import { load, remembered } from "#src/store/observations.ts";
import { restore } from "#src/store/restore.ts";
import { beginRun, endRun, runs } from "#src/store/runs.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import type { Store } from "#src/store/store.ts";

/** Where the store is: a file, or a PostgreSQL database. */
export type StorePlace = { readonly file: string } | { readonly url: string };

/** Opens the store, brings its tables to this version, and gives the port. */
export async function openStore(place: StorePlace): Promise<Store> {
  const engine = "file" in place ? openSqlite(place.file) : await openPostgres(place.url);
  try {
    await migrate(engine);
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
  return storeOn(engine);
}

/** The driver of PostgreSQL is loaded only where one is used. */
async function openPostgres(url: string): Promise<Engine> {
  const { openPostgres: open } = await import("#src/store/postgres.ts");
  return open(url);
}

const storeOn = (engine: Engine): Store => ({
  engine: engine.kind,
  async lastBatch() {
    const row = await engine.db
      .selectFrom("batch")
      .select("id")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row?.id ?? 0;
  },
  async loadedAt(batch) {
    const row = await engine.db
      .selectFrom("batch")
      .select("loaded_at")
      .where("id", "=", batch)
      .executeTakeFirst();
    return row?.loaded_at ?? null;
  },
  async digestOf(source) {
    const row = await engine.db
      .selectFrom("source")
      .select("digest")
      .where("name", "=", source)
      .executeTakeFirst();
    return row?.digest ?? null;
  },
  load: (what) => load(engine, what),
  remembered: (series, upTo) => remembered(engine, series, upTo),
  entries: (lists, upTo) => entriesOf(engine.db, lists, upTo),
  keepIssue: (issue) => keepIssue(engine, issue),
  issues: (publication) => issues(engine.db, publication),
  issueOf: (...args) => issueOf(engine.db, ...args),
  issueById: (id) => issueById(engine.db, id),
  filesOf: (issue) => filesOf(engine, issue),
  fileOf: (issue, name) => fileOf(engine, issue, name),
  history: (...args) => history(engine.db, ...args),
  beginRun: (...args) => beginRun(engine.db, ...args),
  endRun: (...args) => endRun(engine.db, ...args),
  runs: (limit) => runs(engine.db, limit),
  ledger: ledgerOn(engine),
  queue: () => engine.openQueue(),
  health: () => healthOf(engine),
  backup: (file) => backup(engine, file),
  restore: (file, now) => restore(engine, file, now),
  [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
});
