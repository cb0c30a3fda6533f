import { sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { TidelineError } from "#src/domain/errors.ts";
import type { Engine } from "#src/store/engine.ts";
import { first } from "#src/store/migrations/0001-first.ts";
import { ledger } from "#src/store/migrations/0002-ledger.ts";
import { entries } from "#src/store/migrations/0003-entries.ts";

/** Every change of the tables, in order; one that has been released is never edited. */
const migrationsOf = (kind: Engine["kind"]): Readonly<Record<string, Migration>> => ({
  "0001-first": first(kind),
  "0002-ledger": ledger(kind),
  "0003-entries": entries(kind),
});

/**
 * Brings the tables to this version: forward, whole, and alone.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where a newer Tideline has changed them
 */
export async function migrate(engine: Engine): Promise<void> {
  if (!(await isOlder(engine))) return;
  const { kind, db } = engine;
  const provider = { getMigrations: async () => ({ ...migrationsOf(kind) }) };
  const migrator = new Migrator({ db, provider, ...(await ownTables(kind, db)) });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/**
 * Whether the tables lack changes of this version.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where a newer Tideline has changed them
 */
export async function isOlder({ kind, db, place }: Engine): Promise<boolean> {
  const migrations = migrationsOf(kind);
  const newest = Object.keys(migrations).at(-1);
  const done = await executed(db);
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new TidelineError("STORE_UNUSABLE", "the store is of a newer Tideline", [
      {
        file: place,
        found: `its change ${unknown.join(", ")}`,
        expected: `none after ${newest}; nothing was changed: update Tideline`,
      },
    ]);
  }
  return newest !== undefined && !done.includes(newest);
}

/** Where the migrator looks for its own tables: in our schema of a database that other programs may use in the same way. */
async function ownTables(kind: Engine["kind"], db: Engine["db"]) {
  if (kind === "sqlite") return {};
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db);
  return rows.map(({ name }) => ({ migrationTableSchema: name }))[0] ?? {};
}

/** Names of the changes that the database has seen; none in a new one. */
async function executed(db: Engine["db"]): Promise<readonly string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map(({ name }) => name);
  } catch (error) {
    // What a new database lacks, in the words of SQLite and of PostgreSQL.
    if (error instanceof Error && /no such table|does not exist/.test(error.message)) return [];
    throw error;
  }
}
