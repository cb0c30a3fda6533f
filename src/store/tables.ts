import type { Generated } from "kysely";

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
}

/** One less than the earliest moment that a `Date` can hold. */
export const notGiven = -8_640_000_000_000_001;
