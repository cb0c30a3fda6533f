import type { Locale } from "#src/domain/locale.ts";
import type { DeliveryState } from "#src/domain/mail.ts";
import type { Slot, SlotPlan, SlotState } from "#src/domain/schedule.ts";
import type { Instant } from "#src/domain/time.ts";
import type { KeptIssue } from "#src/store/store.ts";

/** A slot as the ledger knows it. */
export interface KeptSlot extends Slot {
  readonly publication: string;
  readonly state: SlotState;
  /** Why it is held, failed or skipped, or why it is tried again. */
  readonly reason: string | null;
  /** When the ledger first learnt of it. */
  readonly notedAt: Instant;
  readonly attempts: number;
  /** Not to be taken before; for slots that are due. */
  readonly nextAt: Instant;
  /** Who is at it and until when that holds unless it is extended; `null` while nobody is. */
  readonly owner: string | null;
  readonly leaseUntil: Instant | null;
  readonly issue: number | null;
  readonly endedAt: Instant | null;
}

/** What the planner is told. */
export interface Planned {
  /** Until when slots have been planned; `null` before the first time. */
  readonly seenUntil: Instant | null;
  /** The slots of the publication that are known, oldest first. */
  readonly slots: readonly KeptSlot[];
}

/** How the work on a slot ended. `due`: it is tried again from `nextAt` on. */
export type SlotEnd =
  | { readonly state: "made" | "held" | "failed" | "skipped"; readonly reason: string | null }
  | { readonly state: "due"; readonly reason: string; readonly nextAt: Instant };

/** A delivery to be written: one recipient of an issue. */
export interface DeliveryToWrite {
  readonly locale: Locale;
  readonly name: string;
  readonly address: string;
  /** Stable: the same on every attempt. */
  readonly messageId: string;
  /** Opaque and not to be guessed: in links that unsubscribe. */
  readonly token: string;
}

/** A delivery as the ledger knows it. */
export interface KeptDelivery extends DeliveryToWrite {
  readonly id: number;
  readonly issue: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Not to be sent before; for those that are pending. */
  readonly nextAt: Instant;
  readonly owner: string | null;
  readonly leaseUntil: Instant | null;
  /** When the message itself began to be sent in the present attempt: from then on its fate may be unknown. */
  readonly dataAt: Instant | null;
  /** What the server, or the connection, said last. */
  readonly response: string | null;
  readonly updatedAt: Instant;
}

/** How an attempt at sending ended. `pending`: it is tried again from `nextAt` on. */
export type DeliveryEnd =
  | { readonly state: "sent" | "failed" | "unknown" | "suppressed"; readonly response: string }
  | {
      readonly state: "pending";
      readonly response: string;
      readonly nextAt: Instant;
      /** The attempt does not count: it was broken off by ourselves. */
      readonly isUnspent?: true;
    };

/** What happened to a delivery, in order; only ever added to. */
export interface DeliveryEvent {
  readonly at: Instant;
  readonly state: DeliveryState;
  /** The answer, or the person who asked for it to be sent again. */
  readonly detail: string | null;
}

/** That an address gets no more issues of a publication. */
export interface Suppression {
  readonly publication: string;
  /** In lower case. */
  readonly address: string;
  /** `unsubscribed`, or what its server answered. */
  readonly reason: string;
  readonly at: Instant;
  readonly lifted: Lift | null;
}

/** Who answers for it that somebody gets issues again, and why. */
export interface Lift {
  readonly by: string;
  readonly because: string;
  readonly at: Instant;
}

/** Something that the operator is to be told, once for each key. */
export interface AlertToRaise {
  readonly key: string;
  readonly kind: "failed" | "held" | "overdue";
  readonly subject: string;
  readonly text: string;
  /** Where it goes: `mail:address` or `webhook:url`. */
  readonly channels: readonly string[];
}

/** An alert that is still to reach one channel, or has. */
export interface KeptAlert {
  readonly id: number;
  readonly key: string;
  readonly kind: AlertToRaise["kind"];
  readonly subject: string;
  readonly text: string;
  readonly channel: string;
  readonly raisedAt: Instant;
  readonly attempts: number;
}

/** A sentence of an edition, for the search of the archive. */
export interface Sentence {
  readonly locale: Locale;
  /** Id of its place on the page. */
  readonly section: string;
  readonly text: string;
}

/** A sentence that was found, with the issue it stands in. */
export interface Found extends Sentence {
  readonly issue: KeptIssue;
}

/** A look-up in the archive. */
export interface Query {
  /** Words as they were typed, all of which must stand in the sentence as it is folded (`fold`). */
  readonly words: readonly string[];
  readonly locale: Locale | null;
  readonly limit: number;
}

/**
 * What is due, being done and done: slots, deliveries, alerts. All that several processes may do at once is decided here, in
 * one transaction each: of two that take the same slot or delivery one gets it, the other `null`.
 *
 * Who takes something holds it until its lease ends. Whoever lost it changes nothing any more: `end…` and `markData` answer
 * whether they were still the owner.
 */
export interface Ledger {
  /** Asks the planner, alone among writers, and enters what it decides; queues the slots that are due now. Returns those it entered. */
  planSlots(
    publication: string,
    now: Instant,
    plan: (known: Planned) => SlotPlan,
  ): Promise<readonly KeptSlot[]>;
  /** Until when slots of a publication have been planned, by whomever; `null`: never yet. */
  seenUntil(publication: string): Promise<Instant | null>;
  /** Slots, the newest first. */
  slots(of?: {
    readonly publication?: string;
    readonly states?: readonly SlotState[];
    readonly limit?: number;
  }): Promise<readonly KeptSlot[]>;
  /** Takes a slot that is due, or whose owner's lease has ended, and counts the attempt. */
  takeSlot(
    publication: string,
    at: Instant,
    owner: string,
    now: Instant,
    leaseMs: number,
  ): Promise<KeptSlot | null>;
  extendSlot(slot: KeptSlot, owner: string, now: Instant, leaseMs: number): Promise<boolean>;
  /** Ends the work on a slot that the owner holds. A slot whose issue is published is ended in that transaction (`keepIssue`). */
  endSlot(slot: KeptSlot, owner: string, end: SlotEnd, now: Instant): Promise<boolean>;

  /** What the gates before sending said of an issue; a second time it replaces the first, unless a person has released it. */
  noteGate(issue: number, findings: readonly string[], now: Instant): Promise<void>;
  /** Releases a held issue and writes its deliveries, in one transaction; false where it is not held, or a newer revision is not. */
  release(
    issue: number,
    by: string,
    because: string,
    deliveries: readonly DeliveryToWrite[],
    now: Instant,
  ): Promise<boolean>;

  /** Writes deliveries, one an address, to those unsubscribed as `suppressed`; those that are there stay. Returns how many are new. */
  addDeliveries(issue: number, deliveries: readonly DeliveryToWrite[], now: Instant): Promise<number>;
  /** Deliveries, the newest issue first, then by address. */
  deliveries(of?: {
    readonly issue?: number;
    /** In whatever case. */
    readonly address?: string;
    readonly states?: readonly DeliveryState[];
    readonly limit?: number;
  }): Promise<readonly KeptDelivery[]>;
  deliveryById(id: number): Promise<KeptDelivery | null>;
  deliveryByToken(token: string): Promise<KeptDelivery | null>;
  eventsOf(delivery: number): Promise<readonly DeliveryEvent[]>;
  /**
   * Takes a pending delivery whose time has come, unless its issue is held or of another publication than those that are named: it
   * is `sending`. An address that has unsubscribed since becomes `suppressed`, and the answer is `null`.
   */
  takeDelivery(
    id: number,
    owner: string,
    now: Instant,
    leaseMs: number,
    publications?: readonly string[],
  ): Promise<KeptDelivery | null>;
  /**
   * Notes that the message itself begins to be sent, which has a lease of its own; false: the lease has ended or is another's,
   * and nothing may be sent.
   */
  markData(id: number, owner: string, now: Instant, leaseMs: number): Promise<boolean>;
  endDelivery(id: number, owner: string, end: DeliveryEnd, now: Instant): Promise<boolean>;
  /**
   * Deliveries whose owner's lease has ended: `unknown` where the message had begun; otherwise `pending`, their attempt unspent, and
   * `failed` the twelfth time since they were asked for: it may be they that end the process. What has waited for a week is `failed`. Returns how many.
   */
  sweepDeliveries(now: Instant): Promise<number>;
  /** A person asks for one to be sent (again): `failed`, `unknown`, `suppressed` become `pending` and untried; false for others. */
  resendDelivery(id: number, by: string, now: Instant): Promise<boolean>;

  /** The recipient of a delivery gets no more issues of its publication; what is pending is suppressed. `null`: no such token. */
  unsubscribe(
    token: string,
    now: Instant,
  ): Promise<{ readonly publication: string; readonly address: string } | null>;
  /** An address gets no more issues of a publication; what is pending is suppressed. Addresses are told in lower case. */
  suppress(publication: string, address: string, reason: string, now: Instant): Promise<void>;
  suppressed(publication: string): Promise<readonly string[]>;
  /** What keeps whom from which publication, the latest first, with what was lifted. */
  suppressions(of?: {
    readonly publication?: string;
    readonly address?: string;
  }): Promise<readonly Suppression[]>;
  /** The address gets issues again from the next one on; false where nothing kept it from them. */
  liftSuppression(publication: string, address: string, lift: Lift): Promise<boolean>;

  /** Raises an alert; false where that key has been raised before. */
  raise(alert: AlertToRaise, now: Instant): Promise<boolean>;
  /** Takes alerts that have not reached their channel and whose time has come. */
  takeAlerts(owner: string, now: Instant, leaseMs: number): Promise<readonly KeptAlert[]>;
  endAlert(
    id: number,
    channel: string,
    owner: string,
    end: { readonly sent: true } | { readonly nextAt: Instant; readonly response: string },
    now: Instant,
  ): Promise<void>;

  /** Issues whose sentences have not been entered yet. */
  unindexed(): Promise<readonly KeptIssue[]>;
  index(issue: number, sentences: readonly Sentence[]): Promise<void>;
  /** Sentences of published issues (not of held ones; of each as-of its newest revision) that hold all words, the newest issue first. */
  search(query: Query): Promise<readonly Found[]>;
}

/** Work that waits for any process. */
export type WorkKind = "slot" | "delivery";

/** A piece of work that was taken: the slot's publication and moment, or the delivery's number. */
export interface Work {
  readonly kind: WorkKind;
  readonly slot: { readonly publication: string; readonly at: Instant } | null;
  readonly delivery: number | null;
  /** What the queue calls it. */
  readonly ticket: string;
}

/**
 * Hands out what the ledger says is due. On SQLite the ledger itself is the queue; on PostgreSQL it is pg-boss, whose jobs are
 * written in the same transactions as the ledger's rows. Either way the ledger decides: a piece of work may be handed out
 * twice, and `takeSlot` or `takeDelivery` gives it to one.
 */
export interface Queue extends AsyncDisposable {
  /** Up to so many pieces of work that are due, of those publications alone where they are named; the rest is left for others. */
  take(
    kind: WorkKind,
    limit: number,
    now: Instant,
    publications?: readonly string[],
  ): Promise<readonly Work[]>;
  /** The piece is done with, whatever became of it. */
  done(work: Work): Promise<void>;
  /** Puts back into the queue what the ledger says is due and the queue has lost or is to hand out again. */
  refill(now: Instant): Promise<void>;
}
