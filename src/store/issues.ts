import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import { requireKept } from "#src/store/damage.ts";
import { sha256 } from "#src/store/digest.ts";
import type { Engine } from "#src/store/engine.ts";
import type { Basis, IssueToKeep, KeptFact, KeptFile, KeptIssue, KeptRun } from "#src/store/store.ts";
import type { Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: SQLite has room for some thirty thousand values. */
const rowsAtOnce = 1000;

/**
 * Keeps an issue with its files and facts. One with the content and basis of its newest revision is that revision,
 * unless that was made before the cut-off and this one was not. Where another was kept since it was planned, it is that one.
 */
export function keepIssue(engine: Engine, issue: IssueToKeep): Promise<KeptIssue> {
  const { publication, asOf, instant, basis, files, facts, now } = issue;
  const objects = [...files].map(([name, bytes]) => ({ name, bytes, hash: sha256(bytes) }));
  const content = sha256(objects.map(({ name, hash }) => `${hash}  ${name}\n`).join(""));
  return engine.write(async (trx) => {
    const newest = await rowOf(trx, publication, asOf);
    const isOvertaken = issue.after !== undefined && (newest?.id ?? null) !== issue.after;
    if (
      newest !== undefined &&
      (isOvertaken || (newest.content === content && isSettled(kept(newest), issue)))
    )
      return kept(newest);
    const row = await trx
      .insertInto("issue")
      .values({
        publication,
        as_of: asOf,
        instant,
        revision: (newest?.revision ?? 0) + 1,
        made_at: now,
        ...basis,
        gaps: JSON.stringify(basis.gaps),
        content,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    for (const { hash, bytes } of objects) {
      await trx
        .insertInto("object")
        .values({ hash, bytes })
        .onConflict((conflict) => conflict.column("hash").doNothing())
        .execute();
    }
    await trx
      .insertInto("issue_file")
      .values(objects.map(({ name, hash }) => ({ issue: row.id, name, object: hash })))
      .execute();
    for (let i = 0; i < facts.length; i += rowsAtOnce) {
      await trx
        .insertInto("fact")
        .values(
          facts.slice(i, i + rowsAtOnce).map(({ id, unit, status, value }) => ({
            issue: row.id,
            name: id,
            unit,
            status,
            value: typeof value === "number" ? value : null,
            text: typeof value === "string" ? value : null,
          })),
        )
        .execute();
    }
    return kept(row);
  });
}

/** Whether a revision stands for an issue of the same content: made from the same, and not earlier than that can be. */
function isSettled(revision: KeptIssue, { basis, instant, now }: IssueToKeep): boolean {
  const cutoff = Date.parse(instant);
  const isTimely = revision.madeAt >= cutoff || now < cutoff;
  return isTimely && isDeepStrictEqual(revision.basis, basis);
}

type IssueRow = Omit<Tables["issue"], "id"> & { readonly id: number };

const kept = ({ id, publication, as_of, instant, revision, made_at, ...row }: IssueRow): KeptIssue => ({
  id,
  publication,
  asOf: as_of,
  instant,
  revision,
  madeAt: made_at,
  basis: {
    batch: row.batch,
    knowledge: row.knowledge,
    readings: row.readings,
    gaps: JSON.parse(row.gaps) as Basis["gaps"],
    last: row.last,
  },
});

/** Issues, the newest as-of first; of one as-of the newest revision first. */
export async function issues(db: Kysely<Tables>, publication?: string): Promise<readonly KeptIssue[]> {
  const all = db.selectFrom("issue").selectAll();
  const wanted = publication === undefined ? all : all.where("publication", "=", publication);
  const rows = await wanted.orderBy("as_of", "desc").orderBy("revision", "desc").execute();
  return rows.map(kept);
}

/** The issue of an as-of: the revision asked for, the newest otherwise. */
export async function issueOf(
  db: Kysely<Tables>,
  publication: string,
  asOf: IsoDate,
  revision?: number,
): Promise<KeptIssue | null> {
  const row = await rowOf(db, publication, asOf, revision);
  return row === undefined ? null : kept(row);
}

function rowOf(db: Kysely<Tables>, publication: string, asOf: IsoDate, revision?: number) {
  const all = db
    .selectFrom("issue")
    .selectAll()
    .where("publication", "=", publication)
    .where("as_of", "=", asOf);
  const wanted = revision === undefined ? all : all.where("revision", "=", revision);
  return wanted.orderBy("revision", "desc").limit(1).executeTakeFirst();
}

/** The issue of that number. */
export async function issueById(db: Kysely<Tables>, id: number): Promise<KeptIssue | null> {
  const row = await db.selectFrom("issue").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : kept(row);
}

/**
 * The files of an issue by name, in the order of their names.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where one has other bytes than it was kept with
 */
export async function filesOf(
  engine: Engine,
  { id, publication, asOf }: KeptIssue,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await engine.db
    .selectFrom("issue_file")
    .innerJoin("object", "object.hash", "issue_file.object")
    .select(["issue_file.name", "object.bytes", "object.hash"])
    .where("issue_file.issue", "=", id)
    .orderBy("issue_file.name")
    .execute();
  for (const { name, hash, bytes } of rows)
    requireKept(engine, `${name} of ${publication} ${asOf}`, hash, bytes);
  return new Map(rows.map(({ name, bytes }) => [name, new Uint8Array(bytes)]));
}

/**
 * One file of an issue, with the hash of its content.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where it has other bytes than it was kept with
 */
export async function fileOf(
  engine: Engine,
  { id, publication, asOf }: KeptIssue,
  name: string,
): Promise<KeptFile | null> {
  const row = await engine.db
    .selectFrom("issue_file")
    .innerJoin("object", "object.hash", "issue_file.object")
    .select(["object.bytes", "object.hash"])
    .where("issue_file.issue", "=", id)
    .where("issue_file.name", "=", name)
    .executeTakeFirst();
  if (row === undefined) return null;
  requireKept(engine, `${name} of ${publication} ${asOf}`, row.hash, row.bytes);
  return { hash: row.hash, bytes: new Uint8Array(row.bytes) };
}

/** What one fact was in the newest revision of each past issue, oldest first. */
export async function history(
  db: Kysely<Tables>,
  publication: string,
  fact: string,
  from: IsoDate,
  to: IsoDate,
): Promise<readonly KeptFact[]> {
  const rows = await db
    .selectFrom("issue")
    .leftJoin("fact", (join) => join.onRef("fact.issue", "=", "issue.id").on("fact.name", "=", fact))
    .select(["as_of", "revision", "fact.unit", "fact.status", "fact.value", "fact.text"])
    .where("publication", "=", publication)
    .where("as_of", ">=", from)
    .where("as_of", "<=", to)
    .orderBy("as_of")
    .orderBy("revision")
    .execute();
  // Of one as-of the newest revision stands last; what it no longer says is not taken from an older one.
  const newest = new Map(rows.map((row) => [row.as_of, row]));
  return [...newest.values()].flatMap(
    ({ as_of, revision, unit, status, value, text }): readonly KeptFact[] =>
      unit === null || status === null ? [] : [{ asOf: as_of, revision, unit, status, value: value ?? text }],
  );
}

/** Notes that a run has begun; returns its number. */
export async function beginRun(
  db: Kysely<Tables>,
  publication: string,
  asOf: IsoDate,
  now: Instant,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("run")
      .values({ publication, as_of: asOf, started_at: now, ended_at: null, issue: null, failure: null })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Notes how a run ended. */
export async function endRun(
  db: Kysely<Tables>,
  run: number,
  end: { readonly issue: number | null } | { readonly failure: string },
  now: Instant,
): Promise<void> {
  await db.transaction().execute((trx) =>
    trx
      .updateTable("run")
      .set({ ended_at: now, ...end })
      .where("id", "=", run)
      .execute(),
  );
}

/** The latest runs, the newest first. */
export async function runs(db: Kysely<Tables>, limit: number): Promise<readonly KeptRun[]> {
  const rows = await db.selectFrom("run").selectAll().orderBy("id", "desc").limit(limit).execute();
  return rows.map(({ id, publication, as_of, started_at, ended_at, issue, failure }) => ({
    id,
    publication,
    asOf: as_of,
    startedAt: started_at,
    endedAt: ended_at,
    issue,
    failure,
  }));
}
