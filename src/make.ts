import type { Commentary } from "#src/domain/commentary.ts";
import { describeProblem, messageOf } from "#src/domain/errors.ts";
import type { Job } from "#src/domain/issue.ts";
import type { Locale } from "#src/domain/locale.ts";
import { type Instant, type IsoDate, isoInstant } from "#src/domain/time.ts";
import type { Gathering } from "#src/gather.ts";
import { type Plan, planOf, readStore } from "#src/origin.ts";
import type { Files, Keep, Place, Progress, Written } from "#src/publish.ts";
import { isHeld, type KeptIssue, type Publishing, type Store } from "#src/store/store.ts";

/** An issue that is to be made from what the store remembers. */
export interface Order {
  readonly job: Job;
  readonly languages: readonly Locale[];
  readonly place: Place;
  /** With all that is known today. */
  readonly revised: boolean;
  /** Series of which their files give nothing now, and why. */
  readonly gaps: Gathering["gaps"];
  /** What people say, as the files have it now: it is an input of each making, and no batch of the store. */
  readonly commentary: readonly Commentary[];
}

/** What became of it. */
export interface Made {
  readonly plan: Plan;
  /** `null` for a proof: some of the languages of an issue are not kept. */
  readonly kept: KeptIssue | null;
  /** `null` where the issue is held back: it is kept and nowhere to be read. */
  readonly written: Written | null;
}

/**
 * Decides what becomes of an issue before it is kept, from what its data hold against it and from its files. Without an
 * answer it is kept and nothing is said of whether it may go out. `newest` is the last day of which anything counted.
 */
export type Gate = (
  dirty: readonly string[],
  files: Files,
  newest: IsoDate | null,
) => Promise<Publishing | undefined>;

/**
 * Makes an issue from what the store remembers, keeps it with what its gate says in one transaction, and writes its folder
 * unless it is held back.
 */
export async function makeIssue(
  store: Store,
  { job, languages, place, revised, gaps, commentary }: Order,
  gate: Gate,
  now: () => Instant,
  progress: Progress,
): Promise<Made> {
  const { workspace, publication, asOf } = job;
  const plan = await planOf(store, job, gaps, revised);
  // Charts, templates and fonts take a second to load, for which a fault of configuration does not wait.
  const { compute, publish } = await import("#src/publish.ts");
  const { heldBy } = await import("#src/quality/hold.ts");
  const computed = compute(job, await readStore(store, workspace, plan.basis), commentary);
  const dirty = heldBy(workspace, computed.findings).map(describeProblem);
  // Some of its languages are a proof; the issue is all of them.
  const isWhole = publication.languages.every((locale) => languages.includes(locale));
  let kept: KeptIssue | null = null;
  const keep: Keep = async ({ composed }, files) => {
    const publishing = await gate(dirty, files, computed.newest);
    if (!isWhole) return dirty.length === 0 ? files : null;
    kept = await store.keepIssue({
      publication: publication.id,
      asOf: asOf.date,
      instant: isoInstant(asOf.instant),
      basis: plan.basis,
      files,
      facts: composed.facts.facts,
      after: plan.newest,
      ...(publishing === undefined ? {} : { publishing }),
      now: now(),
    });
    progress("keep", { revision: kept.revision });
    return isHeld(kept) ? null : store.filesOf(kept);
  };
  const written = await publish(job, computed, place, languages, keep, progress);
  return { plan, kept, written };
}

/** Notes in the store that something is made, and how it ended: with the issue that it kept, or with what went wrong. */
export async function asRun<T extends { readonly kept: KeptIssue | null }>(
  store: Store,
  publication: string,
  asOf: IsoDate,
  now: () => Instant,
  work: (run: number) => Promise<T>,
): Promise<T> {
  const run = await store.beginRun(publication, asOf, now());
  try {
    const made = await work(run);
    await store.endRun(run, { issue: made.kept?.id ?? null }, now());
    return made;
  } catch (error) {
    // What stopped the run matters more than that it could not be noted.
    await store.endRun(run, { failure: messageOf(error) }, now()).catch(() => {});
    throw error;
  }
}
