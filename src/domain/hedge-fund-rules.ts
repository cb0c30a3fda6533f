import type { Localised } from "#src/domain/locale.ts";

/** A strategy of hedge funds, as an index of somebody follows it. */
export interface StrategyRule {
  readonly name: Localised;
  /** Inside a sentence: discretionary macro funds. */
  readonly prose: Localised;
  /** Monthly returns, or total-return levels. */
  readonly series: string;
}

/** What liquid and illiquid is told by: two listed series, or names with the shares traded of each. */
export type LiquidityRule =
  | { readonly liquid: string; readonly illiquid: string }
  | { readonly volumes: Readonly<Record<string, string>> };

/** What the section `hedge-funds` looks at. */
export interface HedgeFundRules {
  /** What strategies are held against: the market's total return, and the yield of a bill. `null` without strategies. */
  readonly benchmark: { readonly market: string; readonly cash: string } | null;
  /** By id. */
  readonly strategies: Readonly<Record<string, StrategyRule>>;
  readonly liquidity: LiquidityRule | null;
  /** Levels of an index that follows prices, and of the same assets in equal parts. */
  readonly adaptive: { readonly adaptive: string; readonly static: string } | null;
}
