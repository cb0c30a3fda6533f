import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from "node:sqlite";
import { CompiledQuery, Kysely, sql } from "kysely";
import { messageOf, TidelineError } from "#src/domain/errors.ts";
import { addRow, newPacked } from "#src/domain/packed.ts";
import type { Engine } from "#src/store/engine.ts";
import { ledgerQueue } from "#src/store/queue.ts";
import { sqliteDialect } from "#src/store/sqlite-dialect.ts";
import type { Tables } from "#src/store/tables.ts";

/** How long a single statement holds up the process for another's; whole transactions wait longer, and do not. */
const busyMs = 100;

/**
 * Opens the store's file, and makes it where there is none.
 *
 * A writer never keeps a reader waiting (write-ahead log), and what was committed has reached the disk (full sync).
 *
 * @param place  what errors name, where that is another than the file
 * @throws {TidelineError} `STORE_UNUSABLE` naming the file and why
 */
export function openSqlite(file: string, place = file): Engine {
  return engineOn(place, open(file, place));
}

/** Opens a file that is only read and stays as it is. */
export function openSqliteToRead(file: string, place = file): Engine {
  try {
    return engineOn(place, new DatabaseSync(file, { readOnly: true, timeout: busyMs }));
  } catch (error) {
    throw unusable(place, error);
  }
}

function engineOn(place: string, database: DatabaseSync): Engine {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, (error) => unusable(place, error)) });
  return {
    kind: "sqlite",
    db,
    place,
    write: (work) => db.transaction().execute(work),
    async insertObservations(_, rows) {
      // The one connection is inside the caller's transaction.
      const insert = database.prepare("insert into observation values (?, ?, ?, ?, ?, ?)");
      try {
        for (const row of rows) insert.run(...row);
      } catch (error) {
        throw unusable(place, error);
      }
    },
    async packed(from, { sql, parameters }) {
      const all = `select pack(day, vintage, value, recorded_at) as bytes from (${sql})`;
      const { rows } = await from.executeQuery<{ bytes: Uint8Array }>(
        CompiledQuery.raw(all, [...parameters]),
      );
      const { buffer } = new Uint8Array(rows[0]?.bytes ?? []);
      const numbers = new Float64Array(buffer);
      return { numbers, length: numbers.length };
    },
    async *batches(_, query, size) {
      try {
        yield* inBatches(database, query, size);
      } catch (error) {
        throw unusable(place, error);
      }
    },
    async insertRows(_, table, columns, rows) {
      const places = columns.map(() => "?").join(", ");
      const names = columns.map(({ name }) => `"${name}"`).join(", ");
      try {
        const insert = database.prepare(`insert into "${table}" (${names}) values (${places})`);
        for (const row of rows) insert.run(...(row as SQLInputValue[]));
      } catch (error) {
        throw unusable(place, error);
      }
    },
    // SQLite numbers a row one above the highest that is there.
    async continueNumbers() {},
    async damage(transaction) {
      const { rows } = await sql<{
        integrity_check: string;
      }>`pragma integrity_check(${sql.lit(damageTold)})`.execute(transaction);
      const lines = rows.flatMap((row) => row.integrity_check.split("\n"));
      return lines.filter((line) => line !== "ok" && !line.startsWith("***")).slice(0, damageTold);
    },
    openQueue: async () => ledgerQueue(db),
    // Whoever asks the ledger finds it there.
    async announce() {},
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

function* inBatches(
  database: DatabaseSync,
  query: CompiledQuery,
  size: number,
): Generator<readonly (readonly unknown[])[]> {
  const statement = database.prepare(query.sql);
  statement.setReturnArrays(true);
  let rows: (readonly unknown[])[] = [];
  for (const row of statement.iterate(...(query.parameters as SQLInputValue[]))) {
    if (rows.push(row as unknown as readonly unknown[]) < size) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

function open(file: string, place: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Names and addresses of recipients are nobody else's; its log takes over the mode of the file.
    closeSync(openSync(file, "a", 0o600));
    database = new DatabaseSync(file, { timeout: busyMs });
    requireOwn(database, place);
    addPack(database);
    database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
    return database;
  } catch (error) {
    // Its log would else stay beside a file that is to be left as it is.
    database?.close();
    throw unusable(place, error);
  }
}

/** Fails before anything is written where tables are another program's. */
function requireOwn(database: DatabaseSync, place: string): void {
  const other = database
    .prepare(`select name from sqlite_schema where type = 'table'
      and not exists (select 1 from sqlite_schema where name = 'kysely_migration')`)
    .get();
  if (other === undefined) return;
  throw new TidelineError("STORE_UNUSABLE", "the store cannot be used", [
    { file: place, found: `a database with the table ${other.name}`, expected: ownDatabase },
  ]);
}

/** Broken pages come in numbers: the first tell enough. */
const damageTold = 3;

const ownDatabase = "a database of Tideline; the file has been left as it is: move it away";
/**
 * Adds `pack`, which gathers the rows of an ordered query into one blob of doubles: a value that crosses from SQLite by
 * itself takes as long as a row of them, and there may be millions.
 */
function addPack(database: DatabaseSync): void {
  // No two statements run at once, so that one place is enough for all.
  const packed = newPacked();
  database.aggregate("pack", {
    start: () => {
      packed.length = 0;
      return 0;
    },
    step: (_, day, vintage, value, recordedAt) => {
      addRow(packed, numberOf(day), numberOf(vintage), numberOf(value), numberOf(recordedAt));
      return 0;
    },
    result: () => new Uint8Array(packed.numbers.buffer, 0, packed.length * Float64Array.BYTES_PER_ELEMENT),
  });
}

const numberOf = (value: SQLOutputValue): number => (typeof value === "number" ? value : Number.NaN);

/** SQLite's primary result codes, of which the extended ones are variants. */
const advice: Readonly<Record<number, string>> = {
  5: "another process that ends; it has been writing for a minute",
  8: "a file and folder that this user may write",
  10: "a disk that can be read and written",
  11: "a whole database; it is damaged and has been left as it is: restore a backup, or move it away",
  13: "room on the disk; nothing of this step was written",
  14: "a folder that exists and that this user may write",
  26: ownDatabase,
};

/** What SQLite refused, in words that say what to do. Any other error is a bug and stays what it is. */
function unusable(file: string, error: unknown): unknown {
  const { errcode } = error as { readonly errcode?: number };
  const isSystem = error instanceof Error && "syscall" in error;
  const expected = errcode === undefined ? undefined : advice[errcode & 0xff];
  if (expected === undefined && !isSystem) return error;
  const found = messageOf(error);
  return new TidelineError(
    "STORE_UNUSABLE",
    "the store cannot be used",
    [{ file, found, expected: expected ?? "a folder that exists and that this user may write" }],
    { cause: error },
  );
}
