import type { Localised } from "#src/domain/locale.ts";
import type { Direction, Unit } from "#src/domain/quantity.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** Why a fact is missing or weak: a code that each edition puts into words. */
export interface Reason {
  readonly code: string;
  readonly need?: number;
  readonly have?: number;
}

export type FactStatus = "ok" | "warn" | "insufficient" | "undefined";

/** The span a fact was computed over, and how many observations it used. */
export interface FactWindow {
  readonly start: IsoDate | null;
  readonly end: IsoDate | null;
  readonly n: number;
}

/** What else is known of a fact's number. */
export interface FactStats {
  readonly percentile?: number;
  /** p-value of its test, and what of it remains among all tests of the issue (Benjamini-Hochberg). */
  readonly p?: number;
  readonly q?: number;
  /** Share of its own history, itself included, that is at least as extreme on its side; at least 1/n. */
  readonly tail?: number;
  /** How many values that history has, itself included; of overlapping windows only those that are independent. */
  readonly sample?: number;
}

/**
 * One typed number, date or word with its origin: the only thing a page may print a digit of.
 *
 * `value` is exact; both editions print it rounded to `quantum`, which is decided once, from the
 * value alone, and so is `state`, the direction of the *rounded* value.
 */
export interface Fact {
  /** `section.subject.measure[.window]`; stable from issue to issue. */
  readonly id: string;
  readonly value: number | string | null;
  readonly unit: Unit;
  /** What the printed number is a whole multiple of; `null` for dates, words and missing values. */
  readonly quantum: number | null;
  readonly state: Direction;
  readonly status: FactStatus;
  readonly reasons: readonly Reason[];
  /** ISO instant of the cut-off. */
  readonly asOf: string;
  readonly window: FactWindow;
  /** Ids of the series it was computed from. */
  readonly series: readonly string[];
  /** Name of the metric, e.g. `A2 period return`. */
  readonly method: string;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly stats?: FactStats;
  /** Whose word it is, where somebody gave the number and no market made it. */
  readonly source?: Localised;
  /** SHA-256 over the digests of its series as of the cut-off, the method and its parameters. */
  readonly inputsHash: string;
}
