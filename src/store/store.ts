import type { Fact } from "#src/domain/fact.ts";
import type { Gathered, Observation, Remembered, Rows } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";

/** What a source gave in one reading, to be remembered. */
export interface Load {
  readonly source: string;
  /** Of the input and of all that decides how it is read: equal digests give equal observations. */
  readonly digest: string;
  readonly gathered: readonly Gathered<Rows<Observation>>[];
  readonly now: Instant;
}

/** What a load added to the store; without a batch, nothing was new. */
export interface Loaded {
  readonly batch: number | null;
  readonly added: number;
  readonly revised: number;
  readonly withdrawn: number;
}

/** An issue to be kept: its files by name, and the last batch that it saw. */
export interface IssueToKeep {
  readonly publication: string;
  readonly asOf: IsoDate;
  readonly instant: string;
  readonly batch: number | null;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly facts: readonly Fact[];
  readonly now: Instant;
}

/** An issue that was made, as the archive lists it. */
export interface KeptIssue {
  readonly id: number;
  readonly publication: string;
  readonly asOf: IsoDate;
  readonly instant: string;
  /** 1 for the first, counting on where it was made again with other content. */
  readonly revision: number;
  readonly madeAt: Instant;
  readonly batch: number | null;
}

/** A fact of a past issue. */
export interface KeptFact {
  readonly asOf: IsoDate;
  readonly revision: number;
  readonly unit: string;
  readonly status: string;
  readonly value: number | string | null;
}

/**
 * What Tideline remembers: what was known when, and what was published. One port; tests/store holds every engine to it.
 *
 * Nothing is overwritten. A method that writes does so whole or not at all, and what it has answered survives the
 * process and the machine.
 */
export interface Store extends AsyncDisposable {
  readonly engine: "sqlite" | "postgresql";

  /** The last batch; 0 before the first. */
  lastBatch(): Promise<number>;
  /** The digest of what a source gave last; `null` before the first. */
  digestOf(source: string): Promise<string | null>;
  /** Remembers what differs from what is known. The same input twice adds nothing. */
  load(load: Load): Promise<Loaded>;
  /** All that is known of each series, by day and known-at, the oldest record first; of later batches than `upTo` nothing. */
  remembered(series: readonly string[], upTo: number): Promise<readonly Rows<Remembered>[]>;

  /** Keeps an issue; one whose last revision has the same content is that revision. */
  keepIssue(issue: IssueToKeep): Promise<KeptIssue>;
  /** Issues, the newest as-of first; of one as-of the newest revision first. */
  issues(publication?: string): Promise<readonly KeptIssue[]>;
  /** The files of an issue by name. */
  filesOf(issue: KeptIssue): Promise<ReadonlyMap<string, Uint8Array>>;
  /** What one fact was in the newest revision of each past issue, oldest first. */
  history(publication: string, fact: string, from: IsoDate, to: IsoDate): Promise<readonly KeptFact[]>;

  /** Notes that a run has begun; returns its number. */
  beginRun(publication: string, asOf: IsoDate, now: Instant): Promise<number>;
  /** Notes how a run ended: with an issue, or with the message of its failure. */
  endRun(
    run: number,
    end: { readonly issue: number } | { readonly failure: string },
    now: Instant,
  ): Promise<void>;
}
