import { sql } from "kysely";
import { TidelineError } from "#src/domain/errors.ts";
import { type Side, sha256 } from "#src/store/digest.ts";
import type { Engine } from "#src/store/engine.ts";

/**
 * Fails where a store has lost what it held: its database is damaged, a batch lacks rows, or a file has other bytes
 * than it was kept with. All of it is read.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` with what was found
 */
export async function requireUndamaged(side: Side): Promise<void> {
  const { engine, db } = side;
  const broken = await engine.damage(db);
  // What a broken database holds need not be asked.
  const found = broken.length > 0 ? broken : [...(await shortBatches(side)), ...(await changedObjects(side))];
  if (found.length === 0) return;
  throw damaged(engine, found);
}

const damaged = ({ place }: Engine, found: readonly string[]): TidelineError =>
  new TidelineError(
    "STORE_UNUSABLE",
    "the store is damaged",
    found.map((each) => ({
      file: place,
      found: each,
      expected: "what was stored; it has been left as it is: restore a backup into a new store",
    })),
  );

/** Fails where the bytes of a kept file are others than it was kept with. */
export function requireKept(engine: Engine, name: string, hash: string, bytes: Uint8Array): void {
  if (sha256(bytes) !== hash) throw damaged(engine, [`other bytes in ${name}`]);
}

async function shortBatches({ db }: Side): Promise<readonly string[]> {
  const { rows } = await sql<{ id: number; expected: number; found: number }>`
    select id, added + revised + withdrawn as expected, coalesce(n, 0) as found
    from batch left join (
      select batch, count(*) as n from (
        select batch from observation union all select batch from entry
      ) as rows_of_either group by batch
    ) as counted on batch = id
    where added + revised + withdrawn <> coalesce(n, 0) order by id`.execute(db);
  return rows.map(({ id, expected, found }) => `${found} rows of batch ${id}, which had ${expected}`);
}

async function changedObjects({ engine, db }: Side): Promise<readonly string[]> {
  const found: string[] = [];
  const objects = db.selectFrom("object").select(["hash", "bytes"]).compile();
  for await (const rows of engine.batches(db, objects, 8)) {
    for (const [hash, bytes] of rows as readonly (readonly [string, Uint8Array])[])
      if (sha256(bytes) !== hash) found.push(`a kept file with other bytes than ${hash.slice(0, 12)}…`);
  }
  return found;
}
