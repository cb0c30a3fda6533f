import { previousCutoff } from "#src/calendar/cutoff.ts";
import type { Given } from "#src/domain/as-of.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { GivenList } from "#src/domain/declared.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { AsOf, IssueFacts, Job, LastIssue } from "#src/domain/issue.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { type Gathering, readAll, readingsOf, recall } from "#src/gather.ts";
import { recallDeclared } from "#src/gather-declared.ts";
import { type Basis, isHeld, type KeptIssue, type Store } from "#src/store/store.ts";

/** What an issue is computed from. */
export interface Inputs {
  readonly given: readonly Given[];
  /** Lists that somebody keeps by hand. */
  readonly declared: readonly GivenList[];
  /** Until when what is known of those days counts, where that is later than the cut-off. */
  readonly knowledge: Instant | null;
  /** The issue before, as it was published; `null` where it is to be composed again as of its own slot. */
  readonly last: LastIssue | null;
  /** Series whose file gave nothing any more: what it gave before counts, and the issue says so. */
  readonly remembered: readonly string[];
}

/** Straight from the files: nothing is remembered, nothing kept. */
export const readFiles = async (workspace: Workspace): Promise<Inputs> => ({
  ...(await readAll(workspace)),
  knowledge: null,
  last: null,
  remembered: [],
});

/**
 * Why an issue is made from what it is made: for the first time; again, from what it was made from; anew, because it
 * was made before its cut-off had come (`early`) or the configuration reads other numbers than it did then (`reread`);
 * or revised, with all that is known today.
 */
export type Making = "first" | "again" | "early" | "reread" | "revised";

/** The slot before: the issue that this one follows. */
export const slotBefore = ({ workspace, publication, asOf }: Job): AsOf =>
  previousCutoff(publication, calendarOf(workspace.calendars, publication), asOf);

/** From what an issue is to be made, and why. */
export interface Plan {
  readonly making: Making;
  readonly basis: Basis;
  /** The issue as it stands, if it was made before and is not held. */
  readonly kept: KeptIssue | null;
  /** The newest revision of that day, of whatever cut-off, held or not. */
  readonly newest: number | null;
  /** Batches that were loaded since and are not read. */
  readonly unread: number;
}

/**
 * From what an issue is to be made.
 *
 * Made again, it reads no batch that it did not see: neither a correction nor a value that came late changes it. That
 * limit falls where it is asked to (`revised`), where the configuration now reads other numbers, and of an issue that was
 * made before its cut-off: what came in between was known in time.
 *
 * An issue that is held, and that nobody has released, was never published and does not stand: it is made as for the first
 * time, from the data as they have been mended, and no issue follows it.
 */
export async function planOf(
  store: Store,
  job: Job,
  gaps: Gathering["gaps"],
  revised: boolean,
): Promise<Plan> {
  const { workspace, publication, asOf } = job;
  const readings = readingsOf(workspace);
  const all = await store.issues(publication.id);
  const issues = all.filter((issue) => !isHeld(issue));
  const revisions = issues.filter((issue) => issue.asOf === asOf.date);
  // Another cut-off of that day, or another configuration in between, does not take the issue's place.
  const kept = revisions.find((issue) => isSame(issue, readings, asOf)) ?? revisions[0] ?? null;
  const newest = all.find((issue) => issue.asOf === asOf.date)?.id ?? null;
  const batch = await store.lastBatch();
  const making = revised ? "revised" : makingOf(kept, readings, asOf);
  if (kept !== null && making === "again") {
    return { making: "again", basis: kept.basis, kept, newest, unread: batch - kept.basis.batch };
  }
  const last = issues.find((issue) => isBefore(issue, slotBefore(job), asOf));
  const loaded = revised ? await store.loadedAt(batch) : null;
  const knowledge = loaded !== null && loaded > asOf.instant ? loaded : null;
  // That a file holds no row of a series is what is assumed of one without any.
  const told = Object.fromEntries(Object.entries(gaps).filter(([, gap]) => gap !== "no-rows"));
  const basis = { batch, knowledge, readings, gaps: told, last: last?.id ?? null };
  return { making, basis, kept, newest, unread: 0 };
}

const isSame = ({ basis, instant }: KeptIssue, readings: string, asOf: AsOf): boolean =>
  basis.readings === readings && Date.parse(instant) === asOf.instant;

/** Whether an issue is that of the slot before, and could be known at this one's cut-off. */
const isBefore = ({ asOf, instant, basis }: KeptIssue, slot: AsOf, own: AsOf): boolean =>
  asOf === slot.date &&
  Date.parse(instant) === slot.instant &&
  (basis.knowledge === null || basis.knowledge <= own.instant);

function makingOf(kept: KeptIssue | null, readings: string, asOf: AsOf): Making {
  if (kept === null) return "first";
  if (!isSame(kept, readings, asOf)) return "reread";
  return kept.madeAt < asOf.instant ? "early" : "again";
}

/** What the store remembers of an issue's basis. */
export async function readStore(store: Store, workspace: Workspace, basis: Basis): Promise<Inputs> {
  const given = await recall(workspace, store, basis.batch, basis.gaps);
  const declared = await recallDeclared(workspace, store, basis.batch, basis.gaps);
  const last = basis.last === null ? null : await store.issueById(basis.last);
  return {
    given,
    declared,
    knowledge: basis.knowledge,
    last: last && (await factsOf(store, last)),
    remembered: Object.keys(basis.gaps),
  };
}

/**
 * The facts of a kept issue, as they were published.
 *
 * @throws {TidelineError} `STORE_UNUSABLE` where the store holds the issue without them
 */
export async function factsOf(store: Store, issue: KeptIssue): Promise<IssueFacts> {
  const bytes = (await store.filesOf(issue)).get("facts.json");
  if (bytes === undefined) {
    throw new TidelineError("STORE_UNUSABLE", "a kept issue has no facts", [
      {
        found: `${issue.publication}/${issue.asOf}, revision ${issue.revision}, without facts.json`,
        expected: "the file; restore a backup",
      },
    ]);
  }
  return JSON.parse(new TextDecoder().decode(bytes)) as IssueFacts;
}
