import type { Localised } from "#src/domain/locale.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";

/** What a series measures; decides which statistics make sense and how its changes are said. */
export const kinds = [
  "price",
  "total-return",
  "return",
  "yield",
  "flow",
  "aum",
  "level",
  "count",
  "tone",
  "ratio",
  "fx",
  "earnings",
] as const;
export type Kind = (typeof kinds)[number];

/** Kinds whose numbers are counted on any day of the week, as news are: every other has its values on weekdays. */
export const everyDayKinds: readonly Kind[] = ["count", "tone", "ratio"];

/**
 * In what the file writes the numbers. The adapter converts to the unit of facts:
 * whole currency units, fractions, points as they are.
 */
export const sourceUnits = ["unit", "percent", "bp", "thousand", "million", "billion"] as const;
export type SourceUnit = (typeof sourceUnits)[number];

/** Powers of ten from each unit of a file to the unit of facts. */
export const exponents: Readonly<Record<SourceUnit, number>> = {
  unit: 0,
  percent: -2,
  bp: -4,
  thousand: 3,
  million: 6,
  billion: 9,
};

/**
 * When a value without `known_at` could first be read: the close of the session that many
 * sessions later, plus a number of hours. Zero for prices, the release lag for macro and flows.
 */
export interface Lag {
  readonly sessions: number;
  readonly hours: number;
}

/** How often a series has a value: on each session of its calendar, or once a week, on whatever day of it. */
export const frequencies = ["daily", "weekly"] as const;
export type Frequency = (typeof frequencies)[number];

/** One series of the catalogue. */
export interface Series {
  readonly id: string;
  readonly name: Localised;
  /** For charts and the key-number strip, where the full name is too long. */
  readonly short: Localised;
  /** Inside a sentence, with its article where the language has one: the S&P 500. */
  readonly prose: Localised;
  readonly kind: Kind;
  readonly unit: SourceUnit;
  /** ISO 4217; `null` where the number is not money. */
  readonly currency: string | null;
  readonly calendar: string;
  readonly frequency: Frequency;
  readonly lag: Lag;
  readonly tags: readonly string[];
  /** Who publishes the numbers, as the page credits them. */
  readonly provider: Localised;
  /** Whose word the numbers are, where a value does not name its own source; `null`: the provider's. */
  readonly source: Localised | null;
  /**
   * For how many days a value stands, where the series is no market's that has one each session: a target, an estimate. Nothing
   * is said of an older one. `null`: the series is daily, and three sessions are the limit.
   */
  readonly staleAfter: number | null;
  /** Decimal places of a printed level, price or rate of exchange. */
  readonly decimals: number;
}

/** One number: the day it describes, when it could be read (`null`: not given), and its value in the unit of facts. */
export interface Observation {
  readonly date: IsoDate;
  readonly knownAt: Instant | null;
  readonly value: number;
  /** Whose word this number is, where it says so itself. */
  readonly source?: Localised;
}

/**
 * A value as the store remembers it. `value` is `null` where it was withdrawn; `recordedAt` is when it took the place of an
 * earlier one, from which moment on it was known, and `null` for the first.
 */
export interface Remembered {
  readonly date: IsoDate;
  readonly knownAt: Instant | null;
  readonly value: number | null;
  readonly recordedAt: Instant | null;
  readonly source?: Localised;
}

/**
 * Rows in order, each made when it is read: kept as objects, a million of them would take several times the memory of
 * their numbers. An array is one of these.
 */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
}

/** Why a series has nothing to show. Said on the page in both languages. */
export type GapReason = "file-missing" | "file-empty" | "no-rows" | "not-yet-known";

/** What a source gave for one series: its observations in the file's order, or the reason why there are none. */
export interface Gathered<Observations extends Rows<Observation> = readonly Observation[]> {
  readonly series: string;
  readonly observations: Observations;
  readonly gap: GapReason | null;
}
