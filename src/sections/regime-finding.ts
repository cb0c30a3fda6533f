import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { Row } from "#src/domain/table.ts";
import { type Answers, type Question, say } from "#src/sections/section.ts";

/** What one measure of the state of markets brings to the page. */
export interface Finding {
  /** In the order in which their sentences stand. */
  readonly questions: readonly Question[];
  /** Its rows of the table of conditions, once the rules have spoken. */
  rows(answers: Answers): readonly Row[];
  figures(answers: Answers): readonly Figure[];
  /** What stands of it below the table. */
  readonly notes: readonly Say[];
  /** What of it is missing. */
  readonly gaps: readonly Say[];
  /** Series that it did without. */
  readonly absent: readonly Column[];
  /** Series that it counts; none where it has no value. */
  readonly series: readonly string[];
}

/** A measure that brings nothing. */
export const nothing: Finding = {
  questions: [],
  rows: () => [],
  figures: () => [],
  notes: [],
  gaps: [],
  absent: [],
  series: [],
};

/** The side that a statement takes on its subject. */
export const sideOf = ({ stance }: Statement): string => stance?.split(":")[1] ?? "";

/** A row of the table of conditions; `null` for a measure without value. */
export function rowOf(
  measure: string,
  value: Fact,
  percentile: Fact | null,
  { reading, places = {} }: { readonly reading: string; readonly places?: Readonly<Record<string, Place>> },
): Row | null {
  if (value.value === null) return null;
  return {
    head: say(`regime.conditions.measure.${measure}`, places),
    cells: [
      { fact: value.id },
      percentile === null || percentile.value === null ? null : { percentile: percentile.id },
      { say: say(`regime.conditions.reading.${reading}`, places) },
    ],
  };
}
