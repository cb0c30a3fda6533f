import type { Kysely } from "kysely";
import type { Remembered } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import { type Change, changes, type Given, type Known } from "#src/store/changes.ts";
import type { Engine, ObservationRow } from "#src/store/engine.ts";
import type { Load, Loaded } from "#src/store/store.ts";
import { notGiven, type Tables } from "#src/store/tables.ts";

const dayNumber = (date: IsoDate): number => Number(date.replaceAll("-", ""));

const isoDays = new Map<number, IsoDate>();
/** Days are few and rows are many: each is written out once. */
function isoDay(day: number): IsoDate {
  const known = isoDays.get(day);
  if (known !== undefined) return known;
  const digits = String(day).padStart(8, "0");
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  isoDays.set(day, date);
  return date;
}

const nothing = { added: 0, revised: 0, withdrawn: 0 } as const;

/** Remembers what a source gave and was not known: in one transaction, alone. */
export function load(engine: Engine, { source, digest, gathered, now: clock }: Load): Promise<Loaded> {
  return engine.alone(async (trx) => {
    const now = Math.max(clock, await lastLoaded(trx));
    const before = await trx.selectFrom("source").selectAll().where("name", "=", source).executeTakeFirst();
    // Another process may have loaded the same meanwhile.
    if (before?.digest === digest) return { batch: null, ...nothing };
    const ids = await seriesIds(
      trx,
      gathered.map(({ series }) => series),
    );
    const found: { readonly series: number; readonly changes: readonly Change[] }[] = [];
    for (const { series, observations } of gathered) {
      const id = ids.get(series) ?? 0;
      const known = latest(await rowsOf(engine, trx, id));
      const given = observations.map(
        ({ date, knownAt, value }): Given => ({ day: dayNumber(date), vintage: knownAt ?? notGiven, value }),
      );
      found.push({ series: id, changes: changes(known, given, notGiven) });
    }
    const count = (kind: Change["kind"]): number =>
      found.reduce((sum, each) => sum + each.changes.filter((change) => change.kind === kind).length, 0);
    const counts = { added: count("added"), revised: count("revised"), withdrawn: count("withdrawn") };
    const isNew = counts.added + counts.revised + counts.withdrawn > 0;
    const batch = isNew ? await newBatch(trx, { source, digest, loaded_at: now, ...counts }) : null;
    if (batch !== null) {
      for (const { series, changes: some } of found)
        await engine.insertObservations(
          trx,
          some.map((change) => rowOf(series, batch, change, now)),
        );
    }
    await trx
      .insertInto("source")
      .values({ name: source, digest })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ digest }))
      .execute();
    return { batch, ...counts };
  });
}

type Row = readonly [day: number, vintage: number, value: number | null, recordedAt: number | null];

/** All rows of a series, or those up to a batch, by day, known-at and batch. */
async function rowsOf(
  { arrays }: Engine,
  db: Kysely<Tables>,
  series: number,
  upTo?: number,
): Promise<readonly Row[]> {
  const all = db
    .selectFrom("observation")
    .select(["day", "vintage", "value", "recorded_at"])
    .where("series", "=", series);
  const wanted = upTo === undefined ? all : all.where("batch", "<=", upTo);
  const query = wanted.orderBy("day").orderBy("vintage").orderBy("batch");
  return (await arrays(db, query.compile())) as readonly Row[];
}

/** The last record of each day and known-at, of rows by day, known-at and batch. */
function latest(rows: readonly Row[]): Known[] {
  const known: Known[] = [];
  for (const [day, vintage, value] of rows) {
    const last = known.at(-1);
    if (last !== undefined && last.day === day && last.vintage === vintage) known.pop();
    known.push({ day, vintage, value });
  }
  return known;
}

const rowOf = (
  series: number,
  batch: number,
  { day, vintage, value, kind }: Change,
  now: Instant,
): ObservationRow => [series, day, vintage, batch, value, kind === "added" ? null : now];

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
): Promise<readonly (readonly Remembered[])[]> {
  const ids = await knownSeries(engine.db);
  const found: (readonly Remembered[])[] = [];
  for (const name of names) {
    const id = ids.get(name);
    const own = id === undefined ? [] : await rowsOf(engine, engine.db, id, upTo);
    found.push(
      own.map(([day, vintage, value, recordedAt]) => ({
        date: isoDay(day),
        knownAt: vintage === notGiven ? null : vintage,
        value,
        recordedAt,
      })),
    );
  }
  return found;
}
