import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Row } from "#src/domain/table.ts";
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
