import type { EpicentreRule } from "#src/domain/epicentre-rules.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Row, Table } from "#src/domain/table.ts";
import type { Question } from "#src/sections/section.ts";

/** The sector in focus and its market, as they could be read. */
export interface Sector {
  readonly rule: EpicentreRule;
  readonly sector: Column;
  readonly market: Column;
  /** With which names of facts begin. */
  readonly prefix: string;
}

/** What one measure of a sector brings to the page. */
export interface Part {
  /** In the order in which their sentences stand. */
  readonly questions: readonly Question[];
  /** Its rows of the table of measures. */
  readonly rows: readonly Row[];
  /** Series behind those rows. */
  readonly series: readonly string[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
  readonly notes: readonly Say[];
  readonly gaps: readonly Say[];
}

/** A measure that brings nothing. */
export const nothing: Part = {
  questions: [],
  rows: [],
  series: [],
  tables: [],
  figures: [],
  notes: [],
  gaps: [],
};

/** A row of the table of measures: a value, in words where they are given, its z and its percentile; what is missing stays empty. */
export const measureRow = (
  head: Say,
  {
    value = null,
    z = null,
    percentile = null,
    told,
  }: Partial<Record<"value" | "z" | "percentile", Fact | null>> & { readonly told?: Say },
): readonly Row[] => {
  const isThere = (fact: Fact | null): fact is Fact => fact !== null && fact.value !== null;
  if (![value, z, percentile].some(isThere)) return [];
  return [
    {
      head,
      cells: [
        isThere(value) ? (told === undefined ? { fact: value.id } : { say: told }) : null,
        isThere(z) ? { fact: z.id } : null,
        isThere(percentile) ? { percentile: percentile.id } : null,
      ],
    },
  ];
};
