import type { Kysely } from "kysely";
import type { RememberedEntry } from "#src/domain/entry.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Change, Known } from "#src/store/changes.ts";
import { notGiven, type Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: SQLite has room for some thirty thousand values. */
const rowsAtOnce = 1000;

type Row = Pick<Tables["entry"], "key" | "vintage" | "value" | "recorded_at">;

/** All rows of a list, or those up to a batch, by key, known-at and batch; keys by their characters on either engine. */
async function rowsOf(db: Kysely<Tables>, list: string, upTo?: number): Promise<readonly Row[]> {
  const all = db
    .selectFrom("entry")
    .select(["key", "vintage", "value", "recorded_at"])
    .where("list", "=", list);
  const wanted = upTo === undefined ? all : all.where("batch", "<=", upTo);
  const rows = await wanted.orderBy("vintage").orderBy("batch").execute();
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
}

/** The last record of each key and known-at. */
export async function latestEntries(
  db: Kysely<Tables>,
  list: string,
): Promise<readonly Known<string, string>[]> {
  const rows = await rowsOf(db, list);
  return rows.filter(({ key, vintage }, i) => {
    const next = rows[i + 1];
    return next?.key !== key || next.vintage !== vintage;
  });
}

export async function insertEntries(
  trx: Kysely<Tables>,
  list: string,
  changed: readonly Change<string, string>[],
  batch: number,
  now: Instant,
): Promise<void> {
  const rows = changed.map(({ key, vintage, value, kind }) => {
    return { list, key, vintage, batch, value, recorded_at: kind === "added" ? null : now };
  });
  for (let i = 0; i < rows.length; i += rowsAtOnce)
    await trx
      .insertInto("entry")
      .values(rows.slice(i, i + rowsAtOnce))
      .execute();
}

/** All that is known of each list, of later batches than `upTo` nothing. */
export async function entriesOf(
  db: Kysely<Tables>,
  lists: readonly string[],
  upTo: number,
): Promise<readonly (readonly RememberedEntry[])[]> {
  const found: (readonly RememberedEntry[])[] = [];
  for (const list of lists) found.push((await rowsOf(db, list, upTo)).map(rememberedOf));
  return found;
}

const rememberedOf = ({ key, vintage, value, recorded_at }: Row): RememberedEntry => ({
  key,
  knownAt: vintage === notGiven ? null : vintage,
  value,
  recordedAt: recorded_at,
});
