import type { Fact, FactStats } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Row } from "#src/domain/table.ts";
import type { FactInput } from "#src/sections/facts.ts";
import type { Question } from "#src/sections/section.ts";

/** What one part of the section brings to the page. */
export interface SignalsFinding {
  /** In the order in which their sentences stand. */
  readonly questions: readonly Question[];
  readonly figures: readonly Figure[];
  /** Its rows of the table of signals. */
  readonly rows: readonly Row[];
  /** What stands below the table. */
  readonly notes: readonly Say[];
  /** What of it is missing. */
  readonly gaps: readonly Say[];
  /** Series that it did without. */
  readonly absent: readonly Column[];
  /** Series that its rows are of. */
  readonly series: readonly string[];
}

/** Whether what a share counts has been at all. */
export const timesOf = ({ value }: Fact): "never" | "some" | null =>
  value === null ? null : value === 0 ? "never" : "some";

/** A share so small that it would print as nothing is printed finer. */
export const shareQuantum = (share: number | null): Pick<FactInput, "quantum"> =>
  share !== null && share > 0 && share < 0.001 ? { quantum: 1e-4 } : {};

/** Of sessions that share their horizons one in so many is independent of the others (G20). */
export function rarityOf(
  share: number,
  n: number,
  horizon: number,
): Required<Pick<FactStats, "tail" | "sample">> {
  const sample = Math.max(1, Math.floor(n / horizon));
  return { tail: Math.max(share, 1 / sample), sample };
}

/** A part that brings nothing. */
export const nothing: SignalsFinding = {
  questions: [],
  figures: [],
  rows: [],
  notes: [],
  gaps: [],
  absent: [],
  series: [],
};
