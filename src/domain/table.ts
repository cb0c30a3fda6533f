import type { Say } from "#src/domain/say.ts";

/** What stands in a cell: a fact in table style, a message, the dot of a percentile on its track, or nothing. */
export type Cell =
  | { readonly fact: string; readonly signed?: boolean; readonly coloured?: boolean }
  | { readonly say: Say }
  | { readonly percentile: string }
  | null;

export interface Row {
  readonly head: Say;
  readonly cells: readonly Cell[];
  readonly kind?: "total" | "part";
}

/** A table before language. Words stand left, numbers right; the unit stands in the unit line or the head. */
export interface Table {
  /** Sentences of the section that lead to it and stand above it, across the page. */
  readonly lead?: readonly Say[];
  /** `section.name`; also the id on the page. */
  readonly id: string;
  readonly claim: Say;
  readonly unit: Say;
  readonly head: readonly { readonly say: Say; readonly align: "left" | "right" }[];
  readonly rows: readonly Row[];
  readonly notes: readonly Say[];
  readonly series: readonly string[];
  /** Half the page, beside another of its kind; or across it. */
  readonly size: "half" | "wide";
}
