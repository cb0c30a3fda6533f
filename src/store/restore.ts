import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { TidelineError } from "#src/domain/errors.ts";
import type { Instant } from "#src/domain/time.ts";
import { contents } from "#src/store/backup.ts";
import { copy, type Digest, differences, digestsOf, type Side } from "#src/store/digest.ts";
import type { Engine } from "#src/store/engine.ts";
import { isOlder, migrate } from "#src/store/migrate.ts";
import { type LeftOpen, leaveOpen } from "#src/store/restored.ts";
import { type Table, tablesOf } from "#src/store/shape.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import type { Contents } from "#src/store/store.ts";
import { openBackup, requireBackup } from "#src/store/verify-backup.ts";

/**
 * Fills a store that holds nothing yet with all that a backup holds, from and into either engine: whole and compared, or
 * not at all. A backup of an older Tideline is brought to this version in a copy; the file stays as it is. What was still to
 * do is left to a person.
 *
 * @throws {TidelineError} `USAGE` where the store holds something, `STORE_UNUSABLE` where the file is no backup, is
 * damaged or newer
 */
export async function restore(
  engine: Engine,
  file: string,
  now: Instant,
): Promise<Contents & { readonly left: LeftOpen }> {
  await using stack = new AsyncDisposableStack();
  const whole = await openWhole(file, stack);
  const tables = await tablesOf(whole.db);
  const { digests, left } = await engine.write(async (db) => {
    const store = { engine, db };
    await requireEmpty(store, tables);
    const digests = await copy({ engine: whole, db: whole.db }, store, tables);
    await continueNumbers(store, tables);
    requireSame(engine, digests, await digestsOf(store, tables));
    return { digests, left: await leaveOpen(db, now) };
  });
  return { ...contents(digests, file), left };
}

/** Opens a backup of this version that has been read to its end. */
async function openWhole(file: string, stack: AsyncDisposableStack): Promise<Engine> {
  const given = stack.use(openBackup(file));
  await requireBackup(given);
  if (!(await isOlder(given))) return given;
  const folder = mkdtempSync(join(tmpdir(), "tideline-restore-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.on("exit", remove);
  stack.defer(() => {
    process.off("exit", remove);
    remove();
  });
  const later = join(folder, "tideline.db");
  copyFileSync(file, later);
  const migrated = stack.use(openSqlite(later, file));
  await migrate(migrated);
  return migrated;
}

async function requireEmpty({ engine, db }: Side, tables: readonly Table[]): Promise<void> {
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0) found.push(name);
  }
  if (found.length === 0) return;
  throw new TidelineError("USAGE", "a backup is restored only into a store that holds nothing yet", [
    {
      file: engine.place,
      found: `rows in ${found.join(", ")}`,
      expected: "an empty store: restore into another workspace or database, or move this one away first",
    },
  ]);
}

async function continueNumbers({ engine, db }: Side, tables: readonly Table[]): Promise<void> {
  for (const { name, columns, key } of tables) {
    const [only, ...others] = columns.filter((column) => key.includes(column.name));
    if (only?.type === "integer" && others.length === 0) await engine.continueNumbers(db, name, only.name);
  }
}

/** A database that changes what it is given: none that is known, hence told as it was found. */
function requireSame(
  { place }: Engine,
  read: ReadonlyMap<string, Digest>,
  kept: ReadonlyMap<string, Digest>,
): void {
  const different = differences(read, kept);
  if (different.length === 0) return;
  const expected = "what the backup holds; nothing was restored";
  throw new TidelineError(
    "STORE_UNUSABLE",
    "the store does not give back what it was given",
    different.map((found) => ({ file: place, found, expected })),
  );
}
