import { CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { TidelineError } from "#src/domain/errors.ts";
import type { Boss } from "#src/store/boss.ts";
import type { Column, Engine, ObservationRow } from "#src/store/engine.ts";
import type { Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: large enough to be fast, small enough for memory. */
const rowsAtOnce = 20_000;

/** Our tables stand apart: the database may be another program's too. */
const schema = "tideline";

/** Any number that is only ours: one writer holds it to the end of its transaction. */
const writersLock = 7_405_112_026;

/** Moments come as text from `bigint` unless told otherwise; ours are whole numbers that a double holds. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format ?? "text"),
};

/**
 * Opens a PostgreSQL database as the store, in a schema of its own.
 *
 * @throws {TidelineError} `CONFIG_INVALID` where the address is none, `STORE_UNUSABLE` where it cannot be reached
 */
export async function openPostgres(url: string): Promise<Engine> {
  if (!/^postgres(ql)?:\/\//u.test(url)) {
    throw new TidelineError("CONFIG_INVALID", "DATABASE_URL is no address of a PostgreSQL", [
      { found: "another text", expected: "postgresql://USER@HOST:PORT/DATABASE, or no DATABASE_URL" },
    ]);
  }
  const pool = new pg.Pool({
    connectionString: url,
    // The address may name another one in its own options.
    options: `-c search_path=${schema}`,
    max: 4,
    types: types as pg.CustomTypesConfig,
  });
  // A connection that breaks while nobody uses it is replaced; one in use fails its query.
  pool.on("error", () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await ownSchema(db);
  } catch (error) {
    await db.destroy();
    throw unreachable(error);
  }
  const bosses = new Set<Boss>();
  return {
    kind: "postgresql",
    db,
    place: "the database of DATABASE_URL",
    write: (work) => writing(db, work),
    async insertObservations(transaction, rows) {
      for (let i = 0; i < rows.length; i += rowsAtOnce)
        await insertSome(transaction, rows.slice(i, i + rowsAtOnce));
    },
    async packed(from, { sql: rows, parameters }) {
      const all = `select string_agg(float8send(day) || float8send(vintage) || float8send(coalesce(value, 'NaN'))
        || float8send(coalesce(recorded_at::float8, 'NaN')), ''::bytea) as bytes from (${rows}) as observations`;
      const result = await from.executeQuery<{ bytes: Uint8Array | null }>(
        CompiledQuery.raw(all, [...parameters]),
      );
      // The server writes the highest byte first.
      const bytes = new Uint8Array(result.rows[0]?.bytes ?? []);
      Buffer.from(bytes.buffer).swap64();
      const numbers = new Float64Array(bytes.buffer);
      return { numbers, length: numbers.length };
    },
    batches: inBatches,
    insertRows,
    async continueNumbers(transaction, table, column) {
      const highest = sql`max(${sql.ref(column)})`;
      await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${highest})
        from ${sql.table(table)} having ${highest} is not null`.execute(transaction);
    },
    // A page that is damaged fails the query that reads it, where the server was made with checksums.
    damage: async () => [],
    async openQueue() {
      // Loaded only by those who work: most commands open a store and no queue.
      const { openBoss } = await import("#src/store/boss.ts");
      const boss = await openBoss(db, () => bosses.delete(boss));
      bosses.add(boss);
      return boss;
    },
    async announce(transaction, due) {
      // The queue is the database's: any of those who work may put into it.
      const [boss] = bosses;
      await boss?.send(transaction, due);
    },
    async [Symbol.asyncDispose]() {
      for (const boss of bosses) await boss[Symbol.asyncDispose]();
      await db.destroy();
    },
  };
}

/** Makes the schema, ours or the one that the address names, where there is none: one process at a time. */
async function ownSchema(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ found: string | null; path: string }>`
    select current_schema() as found, current_setting('search_path') as path`.execute(db);
  const [{ found, path } = { found: null, path: schema }] = rows;
  if (found !== null) return;
  const [first = schema] = path.split(",").map((name) => name.trim().replace(/^"(.*)"$/u, "$1"));
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${writersLock})`.execute(transaction);
    await sql`create schema if not exists ${sql.id(first)}`.execute(transaction);
  });
}

async function insertSome(transaction: Kysely<Tables>, rows: readonly ObservationRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Written out here: the driver quotes and searches every number of an array.
  const column = (i: number) => `{${rows.map((row) => row[i] ?? "NULL").join(",")}}`;
  await sql`insert into observation (series, day, vintage, batch, value, recorded_at)
    select * from unnest(${column(0)}::int[], ${column(1)}::int[], ${column(2)}::bigint[], ${column(3)}::int[],
      ${column(4)}::float8[], ${column(5)}::bigint[])`.execute(transaction);
}

/**
 * One writer at a time, as in SQLite: two loads of one source would both record what differs, and a batch that is
 * committed after a later one would change issues that saw that one.
 */
const writing = <T>(db: Kysely<Tables>, work: (transaction: Kysely<Tables>) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${writersLock})`.execute(transaction);
    return work(transaction);
  });

async function* inBatches(
  transaction: Kysely<Tables>,
  query: CompiledQuery,
  size: number,
): AsyncGenerator<readonly (readonly unknown[])[]> {
  await sql`declare batches no scroll cursor for ${sql.raw(query.sql)}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<object>`fetch ${sql.lit(size)} from batches`.execute(transaction);
    if (rows.length === 0) break;
    yield rows.map((row) => Object.values(row));
  }
  await sql`close batches`.execute(transaction);
}

const arrayOf: Readonly<Record<Column["type"], string>> = {
  integer: "bigint[]",
  real: "float8[]",
  text: "text[]",
  blob: "bytea[]",
};

async function insertRows(
  transaction: Kysely<Tables>,
  table: string,
  columns: readonly Column[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const names = columns.map(({ name }) => sql.ref(name));
  const values = columns.map(({ type }, i) => sql`${rows.map((row) => row[i])}::${sql.raw(arrayOf[type])}`);
  await sql`insert into ${sql.table(table)} (${sql.join(names)}) select * from unnest(${sql.join(values)})`.execute(
    transaction,
  );
}

/** The address may hold a password, and is not repeated. */
function unreachable(error: unknown): TidelineError {
  const found =
    error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error);
  return new TidelineError(
    "STORE_UNUSABLE",
    "the database of DATABASE_URL cannot be reached",
    [
      {
        found,
        expected: "a PostgreSQL that answers; without DATABASE_URL the store is a file of the workspace",
      },
    ],
    { cause: error },
  );
}
