import { CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { TidelineError } from "#src/domain/errors.ts";
import type { Engine, ObservationRow } from "#src/store/engine.ts";
import type { Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: large enough to be fast, small enough for memory. */
const rowsAtOnce = 20_000;

/** Moments come as text from `bigint` unless told otherwise; ours are whole numbers that a double holds. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format ?? "text"),
};

/**
 * Opens a PostgreSQL database as the store.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where it cannot be reached
 */
export async function openPostgres(url: string): Promise<Engine> {
  const pool = new pg.Pool({ connectionString: url, max: 4, types: types as pg.CustomTypesConfig });
  // A connection that breaks while nobody uses it is replaced; one in use fails its query.
  pool.on("error", () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw unreachable(error);
  }
  return {
    kind: "postgresql",
    db,
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
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

async function insertSome(transaction: Kysely<Tables>, rows: readonly ObservationRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Written out here: the driver quotes and searches every number of an array.
  const column = (i: number) => `{${rows.map((row) => row[i] ?? "NULL").join(",")}}`;
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
