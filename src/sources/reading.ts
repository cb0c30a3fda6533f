import type { GapReason, Gathered, Observation, Rows } from "#src/domain/series.ts";
import type { CatalogueSeries } from "#src/domain/workspace.ts";
import type { Fault } from "#src/sources/fault.ts";

/** What one file gave. With faults, nothing that was gathered may be used. */
export interface FileReading {
  readonly gathered: readonly Gathered<Rows<Observation>>[];
  readonly faults: readonly Fault[];
  /** Rows of a long file whose series the catalogue does not have. */
  readonly unmapped: number;
}

/** The same gap for every series of a file. */
export const gapOf = (series: readonly CatalogueSeries[], gap: GapReason): FileReading => ({
  gathered: series.map(({ id }) => ({ series: id, observations: [], gap })),
  faults: [],
  unmapped: 0,
});
