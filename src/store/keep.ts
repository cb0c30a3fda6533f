import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import { TidelineError } from "#src/domain/errors.ts";
import { isoInstant } from "#src/domain/time.ts";
import { writeDeliveries } from "#src/store/deliveries.ts";
import { sha256 } from "#src/store/digest.ts";
import type { Engine } from "#src/store/engine.ts";
import { writeGate } from "#src/store/gates.ts";
import { type IssueRow, issueById, keptIssue, rowOf } from "#src/store/issues.ts";
import { endWithIssue } from "#src/store/slots.ts";
import { type IssueToKeep, isHeld, type KeptIssue, type Publishing } from "#src/store/store.ts";
import type { Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: SQLite has room for some thirty thousand values. */
const rowsAtOnce = 1000;

interface NamedObject {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/**
 * Keeps an issue with its files and facts. One with the content and basis of its newest revision is that revision,
 * unless that was made before the cut-off and this one was not. Where another was kept since it was planned, it is that one.
 *
 * What is published with it is written in the same transaction, also to a revision that was there. Then another of other
 * content is not taken for it: what was checked is not what would be sent.
 *
 * @throws {TidelineError} `OVERTAKEN` where it is to be published and another was kept since it was planned, or its slot is
 * no longer the owner's; nothing is kept then
 */
export function keepIssue(engine: Engine, issue: IssueToKeep): Promise<KeptIssue> {
  const { publication, asOf, publishing, now } = issue;
  const objects = [...issue.files].map(([name, bytes]) => ({ name, bytes, hash: sha256(bytes) }));
  const content = sha256(objects.map(({ name, hash }) => `${hash}  ${name}\n`).join(""));
  return engine.write(async (trx) => {
    const newest = await rowOf(trx, publication, asOf);
    const isOvertaken = issue.after !== undefined && (newest?.id ?? null) !== issue.after;
    const isSame = newest !== undefined && newest.content === content;
    if (isOvertaken && !isSame && publishing !== undefined) throw overtaken(issue, newest);
    const stands = newest !== undefined && (isOvertaken || (isSame && isSettled(keptIssue(newest), issue)));
    const id = stands
      ? newest.id
      : await insertIssue(trx, issue, objects, content, (newest?.revision ?? 0) + 1);
    if (publishing !== undefined) await publishIssue(engine, trx, id, publishing, now);
    return found(await issueById(trx, id));
  });
}

function found(issue: KeptIssue | null): KeptIssue {
  if (issue === null) throw new RangeError("an issue is read in the transaction that wrote it");
  return issue;
}

async function insertIssue(
  trx: Kysely<Tables>,
  { publication, asOf, instant, basis, facts, now }: IssueToKeep,
  objects: readonly NamedObject[],
  content: string,
  revision: number,
): Promise<number> {
  const { id } = await trx
    .insertInto("issue")
    .values({
      publication,
      as_of: asOf,
      instant,
      revision,
      made_at: now,
      ...basis,
      gaps: JSON.stringify(basis.gaps),
      content,
    })
    .returning("id")
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
    .values(objects.map(({ name, hash }) => ({ issue: id, name, object: hash })))
    .execute();
  for (let i = 0; i < facts.length; i += rowsAtOnce) {
    await trx
      .insertInto("fact")
      .values(
        facts.slice(i, i + rowsAtOnce).map(({ id: name, unit, status, value }) => ({
          issue: id,
          name,
          unit,
          status,
          value: typeof value === "number" ? value : null,
          text: typeof value === "string" ? value : null,
        })),
      )
      .execute();
  }
  return id;
}

/** The gates' note, the deliveries unless the issue is held, and the end of its slot. */
async function publishIssue(
  engine: Engine,
  trx: Kysely<Tables>,
  id: number,
  { findings, deliveries, slot }: Publishing,
  now: number,
): Promise<void> {
  await writeGate(trx, id, findings, now);
  const issue = found(await issueById(trx, id));
  const held = isHeld(issue) ? findings : [];
  if (held.length === 0) await writeDeliveries(engine, trx, id, deliveries(issue), now);
  if (slot !== null && !(await endWithIssue(trx, slot, id, held, now))) throw lost(issue, slot);
}

/** Whether a revision stands for an issue of the same content: made from the same, and not earlier than that can be. */
function isSettled(revision: KeptIssue, { basis, instant, now }: IssueToKeep): boolean {
  const cutoff = Date.parse(instant);
  const isTimely = revision.madeAt >= cutoff || now < cutoff;
  return isTimely && isDeepStrictEqual(revision.basis, basis);
}

const overtaken = ({ publication, asOf, after }: IssueToKeep, newest: IssueRow | undefined): TidelineError =>
  new TidelineError("OVERTAKEN", "another run has kept this issue meanwhile; nothing was kept or sent", [
    {
      found: `${publication}/${asOf}, number ${newest?.id ?? "none"}`,
      expected: `number ${after ?? "none"}, as when it was planned: plan and make it again`,
    },
  ]);

const lost = (
  { publication, asOf }: KeptIssue,
  { at, owner }: NonNullable<Publishing["slot"]>,
): TidelineError =>
  new TidelineError("OVERTAKEN", "another process has the slot of this issue; nothing was kept or sent", [
    {
      found: `the slot ${isoInstant(at)} of ${publication} for ${asOf}, no longer held by ${owner}`,
      expected: "a lease that is extended in time; the other process makes the issue",
    },
  ]);
