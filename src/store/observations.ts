import type { Kysely } from "kysely";
import type { Entry } from "#src/domain/entry.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { numberAt, orNull, type Packed, packedRows } from "#src/domain/packed.ts";
import type { Observation, Remembered, Rows } from "#src/domain/series.ts";
import { dayNumber, dayOfNumber, type Instant } from "#src/domain/time.ts";
import { type Change, changes, type Given, type Known } from "#src/store/changes.ts";
import type { Engine, ObservationRow } from "#src/store/engine.ts";
import { insertEntries, latestEntries } from "#src/store/entries.ts";
import type { Load, Loaded } from "#src/store/store.ts";
import { notGiven, type Tables } from "#src/store/tables.ts";

const nothing = { added: 0, revised: 0, withdrawn: 0 } as const;

/** Remembers what a source gave and was not known: in one transaction, alone. */
export function load(
  engine: Engine,
  { source, digest, gathered, lists = [], now: clock }: Load,
): Promise<Loaded> {
  return engine.write(async (trx) => {
    const now = laterOf(clock, await lastLoaded(trx), engine.place);
    const before = await trx.selectFrom("source").selectAll().where("name", "=", source).executeTakeFirst();
    // Another process may have loaded the same meanwhile.
    if (before?.digest === digest) return { batch: null, ...nothing };
    const ids = await seriesIds(
      trx,
      gathered.map(({ series }) => series),
    );
    let batch: number | null = null;
    const counts: Record<Change["kind"], number> = { ...nothing };
    const begin = async (found: readonly Pick<Change, "kind">[]): Promise<number> => {
      for (const { kind } of found) counts[kind]++;
      batch ??= await newBatch(trx, { source, digest, loaded_at: now, ...nothing });
      return batch;
    };
    // One series after the other, so that only its changes are held.
    for (const { series, observations } of gathered) {
      const id = ids.get(series) ?? 0;
      const known = latest(await rowsOf(engine, trx, id));
      const found = changes(known, Array.from(observations, givenOf), notGiven);
      if (found.length === 0) continue;
      await engine.insertObservations(trx, rowsToInsert(found, id, await begin(found), now));
    }
    for (const { name, entries } of lists) {
      const found = changes(await latestEntries(trx, name), entries.map(entryGiven), notGiven);
      if (found.length > 0) await insertEntries(trx, name, found, await begin(found), now);
    }
    if (batch !== null) await trx.updateTable("batch").set(counts).where("id", "=", batch).execute();
    await trx
      .insertInto("source")
      .values({ name: source, digest })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ digest }))
      .execute();
    return { batch, ...counts };
  });
}

const givenOf = ({ date, knownAt, value }: Observation): Given => ({
  key: dayNumber(date),
  vintage: knownAt ?? notGiven,
  value,
});

const entryGiven = ({ key, knownAt, value }: Entry): Given<string, string> => ({
  key,
  vintage: knownAt ?? notGiven,
  value,
});

const rowsToInsert = (
  changed: readonly Change[],
  series: number,
  batch: number,
  now: Instant,
): readonly ObservationRow[] =>
  changed.map(({ key, vintage, value, kind }) => [
    series,
    key,
    vintage,
    batch,
    value,
    kind === "added" ? null : now,
  ]);

/** All rows of a series, or those up to a batch, by day, known-at and batch. */
function rowsOf({ packed }: Engine, db: Kysely<Tables>, series: number, upTo?: number): Promise<Packed> {
  const all = db
    .selectFrom("observation")
    .select(["day", "vintage", "value", "recorded_at"])
    .where("series", "=", series);
  const wanted = upTo === undefined ? all : all.where("batch", "<=", upTo);
  return packed(db, wanted.orderBy("day").orderBy("vintage").orderBy("batch").compile());
}

/** The last record of each day and known-at, of rows by day, known-at and batch. */
function latest(rows: Packed): Known[] {
  const known: Known[] = [];
  for (let i = 0; i < packedRows(rows); i++) {
    const [key, vintage, value] = [numberAt(rows, i, 0), numberAt(rows, i, 1), orNull(numberAt(rows, i, 2))];
    const last = known.at(-1);
    if (last !== undefined && last.key === key && last.vintage === vintage) known.pop();
    known.push({ key, vintage, value });
  }
  return known;
}

/** A clock may be set back a little; what lies farther ahead would keep every correction from being known until then. */
const aheadMs = 3_600_000;

function laterOf(clock: Instant, last: Instant, place: string): Instant {
  if (last - clock <= aheadMs) return Math.max(clock, last);
  throw new TidelineError("STORE_UNUSABLE", "nothing can be loaded before what was loaded last", [
    {
      file: place,
      found: `a batch of ${new Date(last).toISOString()}, while the clock shows ${new Date(clock).toISOString()}`,
      expected:
        "a clock that is right; if it was wrong when that batch was loaded, restore an earlier backup",
    },
  ]);
}

/** When the last batch was loaded: a clock that was set back must not make a later record older. */
async function lastLoaded(trx: Kysely<Tables>): Promise<Instant> {
  const last = await trx
    .selectFrom("batch")
    .select("loaded_at")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return last?.loaded_at ?? Number.NEGATIVE_INFINITY;
}

async function newBatch(trx: Kysely<Tables>, values: Omit<Tables["batch"], "id">): Promise<number> {
  const { id } = await trx.insertInto("batch").values(values).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** Numbers of the series, new ones included. */
async function seriesIds(
  trx: Kysely<Tables>,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (names.length > 0) {
    await trx
      .insertInto("series")
      .values(names.map((name) => ({ name })))
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
  }
  return knownSeries(trx);
}

async function knownSeries(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom("series").selectAll().execute();
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** All that is known of each series, of later batches than `upTo` nothing. */
export async function remembered(
  engine: Engine,
  names: readonly string[],
  upTo: number,
): Promise<readonly Rows<Remembered>[]> {
  const ids = await knownSeries(engine.db);
  const found: Rows<Remembered>[] = [];
  for (const name of names) {
    const id = ids.get(name);
    found.push(id === undefined ? [] : unpacked(await rowsOf(engine, engine.db, id, upTo)));
  }
  return found;
}

const unpacked = (rows: Packed): Rows<Remembered> => ({
  length: packedRows(rows),
  *[Symbol.iterator]() {
    for (let i = 0; i < this.length; i++) {
      const vintage = numberAt(rows, i, 1);
      yield {
        date: dayOfNumber(numberAt(rows, i, 0)),
        knownAt: vintage === notGiven ? null : vintage,
        value: orNull(numberAt(rows, i, 2)),
        recordedAt: orNull(numberAt(rows, i, 3)),
      };
    }
  },
});
