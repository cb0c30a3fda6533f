import type { Localised } from "#src/domain/locale.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** Countries that have a section of their own: each is told by the same code, from what is configured under its id. */
export const countryNames = ["korea", "japan"] as const;
export type CountryName = (typeof countryNames)[number];

/** Where rates of exchange are taken from; a series may change it. */
export interface Fixing {
  readonly name: Localised;
  /** The first day of which it is the fixing; `null` for the first of them. */
  readonly from: IsoDate | null;
}

/** What is expected to be earned a share in a fiscal year. */
export interface YearlyEarnings {
  readonly year: number;
  readonly series: string;
}

/** Series that tell the trades on a market apart, beside its index and its yield; `null` where none is named. */
export interface LabelRule {
  readonly effective: string | null;
  readonly breakeven: string | null;
  readonly banks: string | null;
  readonly gold: string | null;
}

/** What is told of a country: its index, and what else is known. */
export interface CountryRule {
  /** What is called the country in a headline, and inside a sentence. */
  readonly name: Localised;
  /** Its currency inside a sentence, with its article. */
  readonly money: Localised;
  readonly index: string;
  /** Series of the rate of exchange to the dollar; `null` where only local returns are told. */
  readonly currency: string | null;
  /** Whether the rate is of local currency per dollar, as yen per dollar, or of dollars per local currency. */
  readonly quote: "local-per" | "per-local";
  /** From which fixing the rates are, oldest first; none where it is not told. */
  readonly fixings: readonly Fixing[];
  /** Series of the world's equities in dollars. */
  readonly world: string | null;
  /** Series of the market in dollars, such as a fund, that is shown beside. */
  readonly dollars: string | null;
  readonly yield: string | null;
  readonly target: string | null;
  /** By fiscal year, the earliest first. */
  readonly earnings: readonly YearlyEarnings[];
  readonly multiple: string | null;
  /** Calendar months of the long-run averages of the multiple. */
  readonly windows: readonly (number | "full")[];
  readonly book: string | null;
  readonly worldBook: string | null;
  readonly foreign: string | null;
  /** Whether the correlation of index and currency is watched. */
  readonly flip: boolean;
  readonly label: LabelRule | null;
}
