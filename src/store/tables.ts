import type { Generated } from "kysely";
import type { Locale } from "#src/domain/locale.ts";
import type { DeliveryState } from "#src/domain/mail.ts";
import type { SlotState } from "#src/domain/schedule.ts";

/** The tables of the store, alike on both engines. Moments are milliseconds since 1970, days are numbers: 20260213. */
export interface Tables {
  readonly series: { readonly id: Generated<number>; readonly name: string };
  readonly batch: {
    readonly id: Generated<number>;
    readonly source: string;
    readonly digest: string;
    readonly loaded_at: number;
    readonly added: number;
    readonly revised: number;
    readonly withdrawn: number;
  };
  /** What each source last gave: unchanged input needs no reading. */
  readonly source: { readonly name: string; readonly digest: string };
  readonly observation: {
    readonly series: number;
    readonly day: number;
    /** The known-at that came with the value; `notGiven` without one. Part of the key, hence not null. */
    readonly vintage: number;
    readonly batch: number;
    /** Null: withdrawn. */
    readonly value: number | null;
    /** When a value took the place of an earlier one; null for the first. */
    readonly recorded_at: number | null;
  };
  /** What observations are to numbers, in words: entries of a list, by what they are about. */
  readonly entry: {
    readonly list: string;
    readonly key: string;
    readonly vintage: number;
    readonly batch: number;
    /** Null: withdrawn. */
    readonly value: string | null;
    readonly recorded_at: number | null;
  };
  readonly object: { readonly hash: string; readonly bytes: Uint8Array };
  readonly issue: {
    readonly id: Generated<number>;
    readonly publication: string;
    readonly as_of: string;
    readonly instant: string;
    /** 1 for the first, counting on where the issue was made again with other content. */
    readonly revision: number;
    readonly made_at: number;
    /** The last batch that the issue saw; 0 before the first. */
    readonly batch: number;
    /** Until when what is known counted, where that is later than the cut-off. */
    readonly knowledge: number | null;
    /** Hash of the names under which its series were remembered. */
    readonly readings: string;
    /** Series without observations, and why: JSON. */
    readonly gaps: string;
    /** The issue before, as it had been published. */
    readonly last: number | null;
    /** Hash of the list of its files: equal content has equal hashes. */
    readonly content: string;
  };
  readonly issue_file: { readonly issue: number; readonly name: string; readonly object: string };
  readonly fact: {
    readonly issue: number;
    readonly name: string;
    readonly unit: string;
    readonly status: string;
    readonly value: number | null;
    /** A value that is no number: a date, a label. */
    readonly text: string | null;
  };
  readonly run: {
    readonly id: Generated<number>;
    readonly publication: string;
    readonly as_of: string;
    readonly started_at: number;
    readonly ended_at: number | null;
    readonly issue: number | null;
    readonly failure: string | null;
  };
  /** Until when the slots of a publication have been planned. */
  readonly planner: { readonly publication: string; readonly seen_until: number };
  readonly slot: {
    readonly publication: string;
    readonly at: number;
    readonly as_of: string;
    readonly state: SlotState;
    readonly reason: string | null;
    readonly noted_at: number;
    readonly attempts: number;
    readonly next_at: number;
    /** Null while nobody is at it. */
    readonly owner: string | null;
    readonly lease_until: number | null;
    readonly issue: number | null;
    readonly ended_at: number | null;
  };
  /** What the gates before sending said of an issue. */
  readonly gate: {
    readonly issue: number;
    readonly checked_at: number;
    /** Why the issue is held: JSON, `[]` for nothing. */
    readonly findings: string;
    /** The person who released it, all three or none. */
    readonly released_by: string | null;
    readonly released_because: string | null;
    readonly released_at: number | null;
  };
  readonly delivery: {
    readonly id: Generated<number>;
    readonly issue: number;
    readonly locale: Locale;
    readonly name: string;
    readonly address: string;
    readonly message_id: string;
    readonly token: string;
    readonly state: DeliveryState;
    readonly attempts: number;
    readonly next_at: number;
    readonly owner: string | null;
    readonly lease_until: number | null;
    /** When the message itself began to be sent in the present attempt. */
    readonly data_at: number | null;
    readonly response: string | null;
    /** When a person asked for it: what suppressed the address before then does not count. */
    readonly asked_at: number | null;
    readonly updated_at: number;
  };
  /** Only ever added to. */
  readonly delivery_event: {
    readonly id: Generated<number>;
    readonly delivery: number;
    readonly at: number;
    readonly state: DeliveryState;
    readonly detail: string | null;
  };
  /** Addresses, in lower case, that get no more issues of a publication, until a person lifts it. */
  readonly suppression: {
    readonly publication: string;
    readonly address: string;
    readonly reason: string;
    readonly at: number;
    /** The person who lifted it, all three or none. */
    readonly lifted_by: string | null;
    readonly lifted_because: string | null;
    readonly lifted_at: number | null;
  };
  readonly alert: {
    readonly id: Generated<number>;
    readonly key: string;
    readonly kind: "failed" | "held" | "overdue";
    readonly subject: string;
    readonly text: string;
    readonly raised_at: number;
  };
  readonly alert_channel: {
    readonly alert: number;
    readonly channel: string;
    readonly attempts: number;
    readonly next_at: number;
    readonly owner: string | null;
    readonly lease_until: number | null;
    readonly response: string | null;
    readonly sent_at: number | null;
  };
  /** Issues whose sentences have been entered. */
  readonly indexed: { readonly issue: number };
  readonly sentence: {
    readonly issue: number;
    /** Its place among the sentences of the issue. */
    readonly position: number;
    readonly locale: Locale;
    readonly section: string;
    readonly text: string;
    /** The text as it is searched; see `fold`. */
    readonly folded: string;
  };
}

/** One less than the earliest moment that a `Date` can hold. */
export const notGiven = -8_640_000_000_000_001;
