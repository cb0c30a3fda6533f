import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { TidelineError } from "#src/domain/errors.ts";
import type { Engine, ObservationRow } from "#src/store/engine.ts";
import type { Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: large enough to be fast, small enough for memory. */
const rowsAtOnce = 20_000;

/** Our tables stand apart: the database may be another program's too. */
const schema = "tideline";

/** The number of the lock that writers hold in turn: any, as long as it stays the same. */
const writers = 7_461_964;

/** Moments come as text from `bigint` unless told otherwise; ours are whole numbers that a double holds. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format ?? "text"),
};

/**
 * Opens a PostgreSQL database as the store, in a schema of its own.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where it cannot be reached
 */
export async function openPostgres(url: string): Promise<Engine> {
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
  return {
    kind: "postgresql",
    db,
    alone: (work) =>
      db.transaction().execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(${writers})`.execute(transaction);
        return work(transaction);
      }),
    async insertObservations(transaction, rows) {
      for (let i = 0; i < rows.length; i += rowsAtOnce)
        await insertSome(transaction, rows.slice(i, i + rowsAtOnce));
    },
    async arrays(from, query) {
      const { rows } = await from.executeQuery(query);
      return rows.map((row) => Object.values(row as object));
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

/** Makes the schema where there is none, one process at a time. */
async function ownSchema(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ found: string | null }>`select current_schema() as found`.execute(db);
  if (rows[0]?.found !== null) return;
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${writers})`.execute(transaction);
    await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction);
  });
}

async function insertSome(transaction: Kysely<Tables>, rows: readonly ObservationRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = (i: number) => rows.map((row) => row[i] ?? null);
  await sql`insert into observation (series, day, vintage, batch, value, recorded_at)
    select * from unnest(${column(0)}::int[], ${column(1)}::int[], ${column(2)}::bigint[], ${column(3)}::int[],
      ${column(4)}::float8[], ${column(5)}::bigint[])`.execute(transaction);
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
