import type { Localised } from "#src/domain/locale.ts";

/** What one source tells of a narrative: counted headlines of all its articles, or the share that it gives itself. */
export type NarrativeSource =
  | { readonly hits: string; readonly articles: string }
  | { readonly share: string };

/** A narrative that is followed. */
export interface NarrativeTheme {
  readonly id: string;
  readonly name: Localised;
  /** For the figure and the table. */
  readonly short: Localised;
  /** Inside a sentence, with its article. */
  readonly prose: Localised;
  readonly sources: readonly NarrativeSource[];
  /** Series of its tone, one a source. */
  readonly tone: readonly string[];
}

/** Whom a narrative is told to hurt: names of equal weight against a market. */
export interface VictimRule {
  /** Id of the theme. */
  readonly theme: string;
  readonly name: Localised;
  readonly prose: Localised;
  readonly members: readonly string[];
  readonly market: string;
}

/** Sub-industries that a narrative may spread over. */
export interface DiffusionRule {
  /** Id of the theme whose mentions are counted. */
  readonly theme: string;
  readonly market: string;
  readonly industries: readonly {
    readonly series: string;
    /** Counted mentions of all articles about it; `null` where returns alone tell. */
    readonly news: { readonly mentions: string; readonly articles: string } | null;
  }[];
}

/** Quarterly numbers of those who build, added up. */
export interface CapexRule {
  readonly capex: string;
  readonly sales: string;
  readonly income: string;
  readonly depreciation: string;
  readonly cashflow: string;
  /** Series of the market that reactions to guidance are measured against; `null`: none are. */
  readonly market: string | null;
}

/** Settings of the section `narrative`. */
export interface NarrativeRules {
  readonly themes: readonly [NarrativeTheme, NarrativeTheme];
  /** Series of free-float market value, by the name of the company. */
  readonly capital: readonly string[];
  readonly victims: VictimRule | null;
  readonly diffusion: DiffusionRule | null;
  readonly capex: CapexRule | null;
  /** Prices and the series of how much of each company's assets is plant; none where that is not asked. */
  readonly intensity: readonly { readonly series: string; readonly assets: string }[];
}
