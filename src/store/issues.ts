import type { Kysely } from "kysely";
import type { IsoDate } from "#src/domain/time.ts";
import { requireKept } from "#src/store/damage.ts";
import type { Engine } from "#src/store/engine.ts";
import { type GateColumns, gateColumns, gateOf, heldIssues } from "#src/store/gate-note.ts";
import type { Basis, KeptFact, KeptFile, KeptIssue } from "#src/store/store.ts";
import type { Tables } from "#src/store/tables.ts";

export type IssueRow = Omit<Tables["issue"], "id"> & { readonly id: number } & GateColumns;

/** An issue and what its gates said, as it is handed out. */
export const keptIssue = ({
  id,
  publication,
  as_of,
  instant,
  revision,
  made_at,
  ...row
}: IssueRow): KeptIssue => ({
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
  gate: gateOf(row),
});

/** Issues with their gates. */
export const withGates = (db: Kysely<Tables>) =>
  db
    .selectFrom("issue")
    .leftJoin("gate", "gate.issue", "issue.id")
    .selectAll("issue")
    .select([...gateColumns]);

/** Issues, the newest as-of first; of one as-of the newest revision first. */
export async function issues(db: Kysely<Tables>, publication?: string): Promise<readonly KeptIssue[]> {
  const all = withGates(db);
  const wanted = publication === undefined ? all : all.where("publication", "=", publication);
  const rows = await wanted.orderBy("as_of", "desc").orderBy("revision", "desc").execute();
  return rows.map(keptIssue);
}

/** The issue of an as-of: the revision asked for, the newest otherwise. */
export async function issueOf(
  db: Kysely<Tables>,
  publication: string,
  asOf: IsoDate,
  revision?: number,
): Promise<KeptIssue | null> {
  const row = await rowOf(db, publication, asOf, revision);
  return row === undefined ? null : keptIssue(row);
}

/** The issue of an as-of as its row: the revision asked for, the newest otherwise. */
export function rowOf(db: Kysely<Tables>, publication: string, asOf: IsoDate, revision?: number) {
  const all = withGates(db).where("publication", "=", publication).where("as_of", "=", asOf);
  const wanted = revision === undefined ? all : all.where("revision", "=", revision);
  return wanted.orderBy("revision", "desc").limit(1).executeTakeFirst();
}

/** The issue of that number. */
export async function issueById(db: Kysely<Tables>, id: number): Promise<KeptIssue | null> {
  const row = await withGates(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : keptIssue(row);
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

/** What one fact was in the newest revision of each past issue that is not held, oldest first. */
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
    .where("issue.id", "not in", heldIssues)
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
