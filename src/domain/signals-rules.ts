import type { Localised } from "#src/domain/locale.ts";

/** Sectors that are bought for one reason: with growth, or for safety. */
export interface SectorGroup {
  /** Inside a sentence: cyclicals. */
  readonly name: Localised;
  /** Series of the sectors; each weighs the same. */
  readonly members: readonly string[];
}

/** A price that says something of growth: a series, its ratio to another, or its difference from one. */
export interface GrowthSignalRule {
  readonly series: string;
  readonly over: string | null;
  readonly less: string | null;
  /** What a rise means. */
  readonly means: "growth" | "slowdown";
  /** Inside a sentence; `null` where it is called by its series. */
  readonly name: Localised | null;
}

/** Two yields of one issuer. */
export interface CurveRule {
  readonly short: string;
  readonly long: string;
}

/** Monthly numbers that tell of growth and of core inflation, as they were published. */
export interface ClockRule {
  readonly growth: readonly string[];
  readonly inflation: string;
}

/** Signals that may contradict one another. */
export interface SignalRules {
  /** What sectors are measured against. */
  readonly index: string;
  /** The same index with equal weights; `null` where none is known. */
  readonly equalWeight: string | null;
  readonly cyclical: SectorGroup;
  readonly defensive: SectorGroup;
  /** The sectors in neither group, which pay where both are strong. */
  readonly others: readonly string[];
  readonly growth: readonly GrowthSignalRule[];
  readonly curve: CurveRule | null;
  readonly clock: ClockRule | null;
}
