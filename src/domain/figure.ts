import type { Localised } from "#src/domain/locale.ts";
import type { Unit } from "#src/domain/quantity.ts";
import type { Say } from "#src/domain/say.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { ColourConvention } from "#src/domain/workspace.ts";

/**
 * The words of one edition as a chart may use them. Charts never format a number themselves:
 * whatever stands here is made by the same formatter as the prose beside the chart.
 */
export interface ChartWords {
  /** A fact's printed number, to be used whole as the text of a mark. */
  fact(id: string, style?: "plain" | "signed" | "full" | "table"): string;
  /** A message with its places filled. */
  say(say: Say): string;
  name(name: Localised): string;
  /** The label of an axis value, in the scale that the figure's unit line names (no unit sign). */
  tick(value: number, unit: Unit): string;
  /** The label of a day on a time axis: the year and month, the month alone, or the year alone. */
  day(date: IsoDate, part: "year-month" | "month" | "year" | "day"): string;
  /** Which colour means up. */
  readonly changes: ColourConvention;
  /** Type of this edition's charts: family of the sans face, and size in CSS px. */
  readonly type: { readonly family: string; readonly size: number };
  /** Width of a text in CSS px as the page will set it. */
  width(text: string, weight: 400 | 600): number;
}

/** A Vega-Lite specification; opaque to all but `charts` and `render`. */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** A chart with its claim, unit line, source line and alternative text, before language. */
export interface Figure {
  /** `section.name`; also the id on the page. */
  readonly id: string;
  readonly claim: Say;
  readonly unit: Say;
  /** States the finding, the form and the ends; for readers who do not see the picture. */
  readonly alt: Say;
  /** Method oddities, after the series' credits in the source line. */
  readonly notes: readonly Say[];
  /** Ids of the series it shows, for the source line. */
  readonly series: readonly string[];
  /** Beside the words (7 of 12 columns) or across the page. */
  readonly size: "beside" | "wide";
  readonly spec: (words: ChartWords) => ChartSpec;
}
