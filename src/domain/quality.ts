import type { Localised } from "#src/domain/locale.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** The gates on incoming data, in the order in which they are asked: each sees what those before it left. */
export const gates = [
  "holiday-print",
  "missing-session",
  "impossible-value",
  "unit-jump",
  "bad-print",
  "split-seam",
  "stale-repeat",
  "missing-weekday",
  "sources-disagree",
  "identity",
] as const;
export type Gate = (typeof gates)[number];

/** What a finding does: `warn` sets the observations aside, and the issue says so; `hold` keeps the issue back. */
export const severities = ["warn", "hold"] as const;
export type Severity = (typeof severities)[number];

/** What was found, as a code that each edition puts into words. */
export type Symptom =
  | "zero"
  | "negative"
  | "over-adjusted"
  | "unit"
  | "print"
  | "seam"
  | "unconfirmed"
  | "repeat"
  | "weekday"
  | "holiday"
  | "session"
  | "differs"
  | "sum"
  | "parts";

/** How far two numbers may lie apart: an amount in the unit of facts, or a share of the larger of the two. */
export type Tolerance = { readonly amount: number } | { readonly share: number };

/** Two series that measure the same. */
export interface Agreement {
  readonly series: string;
  readonly with: string;
  readonly tolerance: Tolerance;
}

/** A series that is the sum of others. */
export interface Identity {
  readonly total: string;
  readonly parts: readonly string[];
  readonly tolerance: Tolerance;
}

/** What a person answers for: what a gate finds in a series between two days, both included, is kept. */
export interface Acceptance {
  readonly series: string;
  readonly gate: Gate;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly by: Localised;
  readonly because: Localised;
}

/** What a workspace says of its data's quality. */
export interface QualityRules {
  readonly agree: readonly Agreement[];
  readonly identities: readonly Identity[];
  readonly accept: readonly Acceptance[];
  /** Gates that do other than they do by themselves. */
  readonly severity: Readonly<Partial<Record<Gate, Severity>>>;
}

/** Days of a series that are not to count. */
export interface Suspects {
  readonly series: string;
  readonly days: readonly IsoDate[];
}

/** Something that a gate found in a series, as of a cut-off. */
export interface QualityFinding {
  readonly gate: Gate;
  readonly symptom: Symptom;
  /** The series it was found in; of an identity the total. */
  readonly series: string;
  /** The series that it was compared with, where there was one. */
  readonly other: string | null;
  /** The first and the last day of the fault; of a break the day after it. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** How many days of the series it concerns: those that are set aside, or of a gap those that are missing. */
  readonly n: number;
  /** What does not count because of it, unless it is accepted. */
  readonly suspects: readonly Suspects[];
  /** What was found and what was required, in English, for whoever runs the program. */
  readonly found: string;
  readonly expected: string;
  readonly severity: Severity;
  /** Who answers for it and why; `null` where nobody does. */
  readonly accepted: Acceptance | null;
}
