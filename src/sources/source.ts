import type { Gathered } from "#src/domain/series.ts";
import type { CatalogueSeries } from "#src/domain/workspace.ts";

/**
 * What every source promises (tests/sources/contract.ts holds them to it).
 *
 * One answer for each series that is asked for, in that order, and for no other. Observations stand by day, those of one
 * day by known-at, none given twice; days are sessions of the series, values finite and in the unit of facts. There
 * are observations or a gap, never both and never neither. Malformed input is one TidelineError SOURCE_MALFORMED with
 * every problem; missing input is a gap. What is given is not changed.
 */
export type Source = (series: readonly CatalogueSeries[]) => Promise<readonly Gathered[]>;
