import { sql } from "kysely";
import { messageOf, TidelineError } from "#src/domain/errors.ts";
import { type Digest, differences, digestsOf } from "#src/store/digest.ts";
import type { Engine } from "#src/store/engine.ts";
import { digestTable, tablesOf } from "#src/store/shape.ts";
import { openSqliteToRead } from "#src/store/sqlite.ts";

/** "Tide": what a backup has where another SQLite file has 0 or a number of its own. */
export const applicationId = 0x54696465;

const whole = "a whole file that `tideline backup` made: take another; nothing was restored";

/** Opens what should be a backup; it is only read. */
export function openBackup(file: string, place = file): Engine {
  try {
    return openSqliteToRead(file, place);
  } catch (error) {
    throw refused(place, [reason(error)], error);
  }
}

/**
 * Reads a backup to its end, and returns what it holds.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where it is none, or holds other rows than were backed up
 */
export async function requireBackup(file: Engine): Promise<ReadonlyMap<string, Digest>> {
  const refusing = (error: unknown) => {
    throw refused(file.place, [reason(error)], error);
  };
  const expected = await said(file).catch(refusing);
  if (expected === null) throw refused(file.place, ["another kind of database"]);
  const found = await held(file).catch(refusing);
  const different = differences(expected, found);
  if (different.length > 0) throw refused(file.place, different);
  return found;
}

async function held(file: Engine): Promise<ReadonlyMap<string, Digest>> {
  return digestsOf({ engine: file, db: file.db }, await tablesOf(file.db));
}

/** What the file says that it holds; `null` where it is no backup. */
async function said({ db }: Engine): Promise<ReadonlyMap<string, Digest> | null> {
  const { rows: ids } = await sql<{ application_id: number }>`pragma application_id`.execute(db);
  if (ids[0]?.application_id !== applicationId) return null;
  const { rows } = await sql<
    Digest & { readonly name: string }
  >`select * from ${sql.table(digestTable)}`.execute(db);
  return new Map(rows.map(({ name, rows: count, digest }) => [name, { rows: count, digest }]));
}

const reason = (error: unknown): string =>
  (error instanceof TidelineError ? error.problems[0]?.found : undefined) ?? messageOf(error);

const refused = (file: string, found: readonly string[], cause?: unknown): TidelineError =>
  new TidelineError(
    "STORE_UNUSABLE",
    "the backup cannot be used",
    found.map((each) => ({ file, found: each, expected: whole })),
    cause === undefined ? {} : { cause },
  );
