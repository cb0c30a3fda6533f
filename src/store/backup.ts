import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import { messageOf, TidelineError } from "#src/domain/errors.ts";
import { requireUndamaged } from "#src/store/damage.ts";
import { copy, type Digest } from "#src/store/digest.ts";
import type { Engine } from "#src/store/engine.ts";
import { migrate } from "#src/store/migrate.ts";
import { digestTable, tablesOf } from "#src/store/shape.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import type { Contents } from "#src/store/store.ts";
import { applicationId, openBackup, requireBackup } from "#src/store/verify-backup.ts";

/**
 * Writes all that a store holds at one moment into a new SQLite file, from either engine, while others go on writing.
 *
 * The file appears at once, whole, flushed and compared, or not at all; nothing is overwritten.
 *
 * @throws {TidelineError} `USAGE` where the file exists or cannot be made, `STORE_UNUSABLE` where the store is damaged or
 * the disk is full
 */
export async function backup(engine: Engine, target: string): Promise<Contents> {
  if (existsSync(target)) throw occupied(target);
  return besides(target, async (folder) => {
    const made = join(folder, "tideline.db");
    const digests = await write(engine, made, target);
    await flush(made, "r+");
    takePlace(made, target);
    if (process.platform !== "win32") await flush(dirname(target), "r");
    return contents(digests, target);
  });
}

async function write(engine: Engine, made: string, target: string): Promise<ReadonlyMap<string, Digest>> {
  {
    await using file = openSqlite(made, target);
    await migrate(file);
    const tables = await tablesOf(file.db);
    const digests = await engine.db
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (snapshot) => {
        await requireUndamaged({ engine, db: snapshot });
        return file.write((db) => copy({ engine, db: snapshot }, { engine: file, db }, tables));
      });
    await mark(file, digests);
  }
  await using file = openBackup(made, target);
  return await requireBackup(file);
}

/** Makes a copy a backup: one file without a log beside it, that knows what it must hold. */
async function mark({ db }: Engine, digests: ReadonlyMap<string, Digest>): Promise<void> {
  await sql`create table ${sql.table(digestTable)} (name text primary key, rows integer, digest text)`.execute(
    db,
  );
  for (const [name, { rows, digest }] of digests)
    await sql`insert into ${sql.table(digestTable)} values (${name}, ${rows}, ${digest})`.execute(db);
  await sql`pragma application_id = ${sql.lit(applicationId)}`.execute(db);
  await sql`pragma journal_mode = delete`.execute(db);
}

/** What was backed up or restored, in numbers worth printing. */
export function contents(digests: ReadonlyMap<string, Digest>, file: string): Contents {
  const rows = (table: string): number => digests.get(table)?.rows ?? 0;
  return {
    series: rows("series"),
    observations: rows("observation"),
    batches: rows("batch"),
    issues: rows("issue"),
    objects: rows("object"),
    runs: rows("run"),
    slots: rows("slot"),
    deliveries: rows("delivery"),
    bytes: statSync(file).size,
  };
}

const occupied = (file: string): TidelineError =>
  new TidelineError("USAGE", "the backup cannot be written", [
    { file, found: "a file", expected: "a name that is free: nothing is overwritten" },
  ]);

/** A link, unlike renaming, never takes another's place; some file systems know none. */
function takePlace(made: string, target: string): void {
  // It holds the names and addresses of recipients, as the store does.
  chmodSync(made, 0o600);
  try {
    linkSync(made, target);
  } catch {
    if (existsSync(target)) throw occupied(target);
    renameSync(made, target);
  }
}

async function flush(path: string, flags: "r" | "r+"): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const temporaryName = ".tideline-backup-";
/** No backup takes so long; what is older was left by a process that was killed. */
const abandonedMs = 86_400_000;

/** Works in a temporary folder beside a file; it goes in the end, also when the process is interrupted. */
async function besides<T>(target: string, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = dirname(target);
  const folder = temporaryIn(parent, target);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.on("exit", remove);
  try {
    sweep(parent);
    return await work(folder);
  } finally {
    remove();
    process.off("exit", remove);
  }
}

function temporaryIn(parent: string, target: string): string {
  try {
    return mkdtempSync(join(parent, temporaryName));
  } catch (error) {
    const found = messageOf(error);
    const expected = "a folder that exists and that this user may write";
    throw new TidelineError("USAGE", "the backup cannot be written", [{ file: target, found, expected }], {
      cause: error,
    });
  }
}

function sweep(parent: string): void {
  for (const entry of readdirSync(parent)) {
    if (!entry.startsWith(temporaryName)) continue;
    const state = lstatSync(join(parent, entry), { throwIfNoEntry: false });
    if (state === undefined || Date.now() - state.mtimeMs < abandonedMs) continue;
    try {
      rmSync(join(parent, entry), { recursive: true, force: true });
    } catch (error) {
      // Another user's, who may sweep it: no reason to make no backup.
      if (!["EACCES", "EPERM"].includes(String((error as NodeJS.ErrnoException).code))) throw error;
    }
  }
}
