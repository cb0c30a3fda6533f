import type { Entry, RememberedEntry } from "#src/domain/entry.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { GapReason, Gathered, Observation, Remembered, Rows } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { DeliveryToWrite, KeptAlert, Ledger, Queue } from "#src/store/ledger.ts";
import type { LeftOpen } from "#src/store/restored.ts";

/** What a source gave in one reading, to be remembered. */
export interface Load {
  readonly source: string;
  /** Of the input and of all that decides how it is read: equal digests give equal observations. */
  readonly digest: string;
  readonly gathered: readonly Gathered<Rows<Observation>>[];
  /** Lists that it holds, each whole: an entry that is not among these is withdrawn. */
  readonly lists?: readonly GivenList[];
  readonly now: Instant;
}

/** A list as its source gives it; no entry has the key and known-at of another. */
export interface GivenList {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** What a load added to the store; without a batch, nothing was new. */
export interface Loaded {
  readonly batch: number | null;
  readonly added: number;
  readonly revised: number;
  readonly withdrawn: number;
}

/** From what an issue was made: enough to make it again. */
export interface Basis {
  /** The last batch that it saw; 0 before the first. */
  readonly batch: number;
  /** Until when what is known counted, where that is later than the cut-off. */
  readonly knowledge: Instant | null;
  /** Hash of the names under which its series were remembered: another one now, and the configuration reads other numbers. */
  readonly readings: string;
  /** Series without observations, and why. */
  readonly gaps: Readonly<Record<string, GapReason>>;
  /** The issue before, where it had been kept when this one was made. */
  readonly last: number | null;
}

/** An issue to be kept: its files by name, its facts, and from what it was made. */
export interface IssueToKeep {
  readonly publication: string;
  readonly asOf: IsoDate;
  readonly instant: string;
  readonly basis: Basis;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly facts: readonly Fact[];
  /** The newest revision when the issue was planned: where given, it is kept only while that is the newest. */
  readonly after?: number | null;
  /** What is published with it, in the same transaction; without it the issue is kept and nobody is sent it. */
  readonly publishing?: Publishing;
  readonly now: Instant;
}

/** What becomes of an issue that was checked. */
export interface Publishing {
  /** Why it is held; none: it goes out. */
  readonly findings: readonly string[];
  /** Whom it is sent to, once it has its revision; nobody is asked for while it is held. */
  readonly deliveries: (issue: KeptIssue) => readonly DeliveryToWrite[];
  /** The slot that it was made for, and who holds that; ended as `made` or `held`. Where it is lost, nothing is kept. */
  readonly slot: { readonly publication: string; readonly at: Instant; readonly owner: string } | null;
}

/** What the gates before sending said of an issue, and who released it all the same. */
export interface GateNote {
  readonly checkedAt: Instant;
  readonly findings: readonly string[];
  readonly released: { readonly by: string; readonly because: string; readonly at: Instant } | null;
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
  readonly basis: Basis;
  /** `null` where it has not been checked yet. */
  readonly gate: GateNote | null;
}

/** Whether an issue is kept back: a gate found something, and nobody has released it. */
export const isHeld = ({ gate }: Pick<KeptIssue, "gate">): boolean =>
  gate !== null && gate.findings.length > 0 && gate.released === null;

/** A file as it was kept. */
export interface KeptFile {
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** An issue as the archive names it. */
export const nameOf = ({
  publication,
  asOf,
  revision,
}: Pick<KeptIssue, "publication" | "asOf" | "revision">): string => `${publication}/${asOf}@${revision}`;

/** A run as it was noted. */
export interface KeptRun {
  readonly id: number;
  readonly publication: string;
  readonly asOf: IsoDate;
  readonly startedAt: Instant;
  /** `null` while it runs, or where it was cut off. */
  readonly endedAt: Instant | null;
  readonly issue: number | null;
  readonly failure: string | null;
}

/** A fact of a past issue. */
export interface KeptFact {
  readonly asOf: IsoDate;
  readonly revision: number;
  readonly unit: string;
  readonly status: string;
  readonly value: number | string | null;
}

/** What a backup holds: rows by kind, and the size of its file. */
export interface Contents {
  readonly series: number;
  readonly observations: number;
  readonly batches: number;
  readonly issues: number;
  readonly objects: number;
  readonly runs: number;
  readonly slots: number;
  readonly deliveries: number;
  readonly bytes: number;
}

/** An alert that has not reached one of its channels. */
export interface UnsentAlert extends Omit<KeptAlert, "id" | "text"> {
  /** When it is tried again. */
  readonly nextAt: Instant;
  /** What the channel said last; `null` before the first attempt. */
  readonly response: string | null;
}

/** How a store is. */
export interface StoreHealth {
  /** What the database itself finds broken, in its words. */
  readonly damage: readonly string[];
  /** Why nothing can be written; `null` where it can. */
  readonly unwritable: string | null;
  /** The latest moment that anything was noted at; `null` while nothing has been. */
  readonly newest: Instant | null;
  /** Until when the slots of each publication have been planned: when the scheduler was last at it. */
  readonly plannedUntil: ReadonlyMap<string, Instant>;
  /** Alerts that have not reached one of their channels, the oldest first. */
  readonly unsent: readonly UnsentAlert[];
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
  /** When a batch was loaded; `null` where there is none of that number. */
  loadedAt(batch: number): Promise<Instant | null>;
  /** The digest of what a source gave last; `null` before the first. */
  digestOf(source: string): Promise<string | null>;
  /** Remembers what differs from what is known. The same input twice adds nothing. */
  load(load: Load): Promise<Loaded>;
  /** All that is known of each series, by day and known-at, the oldest record first; of later batches than `upTo` nothing. */
  remembered(series: readonly string[], upTo: number): Promise<readonly Rows<Remembered>[]>;

  /** All that is known of each list, by key and known-at, the oldest record first; of later batches than `upTo` nothing. */
  entries(lists: readonly string[], upTo: number): Promise<readonly (readonly RememberedEntry[])[]>;

  /**
   * Keeps an issue. One with the content and basis of its newest revision is that revision, unless that was made before
   * the cut-off and this one was not. Where another has been kept since it was planned, it is that one: what was planned
   * earlier may know less. What is published with it is published with the revision that it is.
   *
   * @throws {TidelineError} `OVERTAKEN` where it is to be published, and another of other content was kept since it was
   * planned or its slot is no longer the owner's: nothing is kept
   */
  keepIssue(issue: IssueToKeep): Promise<KeptIssue>;
  /** Issues, the newest as-of first; of one as-of the newest revision first. */
  issues(publication?: string): Promise<readonly KeptIssue[]>;
  /** The issue of an as-of: the revision asked for, the newest otherwise; `null` where there is none. */
  issueOf(publication: string, asOf: IsoDate, revision?: number): Promise<KeptIssue | null>;
  /** The issue of that number. */
  issueById(id: number): Promise<KeptIssue | null>;
  /** The files of an issue by name. */
  filesOf(issue: KeptIssue): Promise<ReadonlyMap<string, Uint8Array>>;
  /** One file of an issue; `null` where it has none of that name. */
  fileOf(issue: KeptIssue, name: string): Promise<KeptFile | null>;
  /** What one fact was in the newest revision of each past issue, oldest first; what is held was never published. */
  history(publication: string, fact: string, from: IsoDate, to: IsoDate): Promise<readonly KeptFact[]>;

  /** Notes that a run has begun; returns its number. */
  beginRun(publication: string, asOf: IsoDate, now: Instant): Promise<number>;
  /** Notes how a run ended: with the issue that it kept, without keeping one, or with the message of its failure. */
  endRun(
    run: number,
    end: { readonly issue: number | null } | { readonly failure: string },
    now: Instant,
  ): Promise<void>;
  /** The latest runs, the newest first. */
  runs(limit: number): Promise<readonly KeptRun[]>;

  /** What is due, being done and done. */
  readonly ledger: Ledger;
  /** Opens what hands out what is due; several processes may each open one. It is closed with the store at the latest. */
  queue(): Promise<Queue>;

  /** Looks whether the store is whole and can be written, and what in it waits; changes nothing. */
  health(): Promise<StoreHealth>;
  /** Writes all that is there at one moment into a new file, from which a store on either engine can be restored. */
  backup(file: string): Promise<Contents>;
  /** Fills this store, which must hold nothing yet, with all that a backup holds; what was still to do is left to a person. */
  restore(file: string, now: Instant): Promise<Contents & { readonly left: LeftOpen }>;
}
