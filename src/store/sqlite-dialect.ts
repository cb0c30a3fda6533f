import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from "kysely";
import { lastUsed } from "#src/store/statements.ts";

/**
 * Kysely on Node's own SQLite: one connection, one user at a time, and every transaction a writer's from its first word,
 * unless it says that it only reads: it then sees one state, and others write meanwhile.
 *
 * @param refused  puts what SQLite refuses into words
 */
export const sqliteDialect = (database: DatabaseSync, refused: (error: unknown) => unknown): Dialect => ({
  createAdapter: () => new Adapter(),
  createDriver: () => new SqliteDriver(database, refused),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

class Adapter extends SqliteAdapter {
  /** A migration runs in one transaction; `begin immediate` keeps a second process out until it is done. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** How long a writer waits for another. Loading a million rows takes a few seconds. */
const patienceMs = 60_000;
/** SQLite's code for a database in which another writes. */
const busy = 5;

function isBusy(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly errcode?: number } };
  return ((cause?.errcode ?? 0) & 0xff) === busy;
}

const begin = CompiledQuery.raw("begin immediate");
const beginReading = CompiledQuery.raw("begin");
const commit = CompiledQuery.raw("commit");
const rollback = CompiledQuery.raw("rollback");

class SqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #connection: SqliteConnection;
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(database: DatabaseSync, refused: (error: unknown) => unknown) {
    this.#database = database;
    this.#connection = new SqliteConnection(database, refused);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    this.#release = resolve;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  /** Waits for another writer without holding up this process, in which that writer may be. */
  async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    const first = accessMode === "read only" ? beginReading : begin;
    const until = performance.now() + patienceMs;
    for (let pause = 1; ; pause = Math.min(2 * pause, 100)) {
      try {
        await connection.executeQuery(first);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error;
        await setTimeout(pause);
      }
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(commit);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk or an interrupt ends a transaction by itself.
    if (this.#database.isTransaction) await connection.executeQuery(rollback);
  }

  async destroy(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }
}

/**
 * Prepared statements that are kept. Inserts of N rows are another text for each N, and SQLite takes thirty bytes for a
 * character of it, which the collector of garbage does not see: long ones it frees soon only where they were not kept.
 */
const mostStatements = { texts: 200, characters: 4000 };

class SqliteConnection implements DatabaseConnection {
  readonly #refused: (error: unknown) => unknown;
  readonly #prepare: (sql: string) => StatementSync;

  constructor(database: DatabaseSync, refused: (error: unknown) => unknown) {
    this.#refused = refused;
    this.#prepare = lastUsed((sql) => database.prepare(sql), mostStatements);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return this.#run(query);
    } catch (error) {
      throw this.#refused(error);
    }
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare(query.sql);
    const parameters = query.parameters as (number | string | null | Uint8Array)[];
    if (statement.columns().length === 0) {
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    }
    return { rows: statement.all(...parameters) as R[] };
  }

  // biome-ignore lint/correctness/useYield: rows are read whole; nothing here is too large for that.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new RangeError("the store reads whole results");
  }
}
