/** A theme whose basket is watched for stress, and what of it has reached the economy. */
export interface GridRule {
  /** Id of the basket, whose members its list tells with their days. */
  readonly basket: string;
  /** Price series of the market that it is held against. */
  readonly market: string;
  /** Series of what is traded of it; `null` where none is named. */
  readonly volume: string | null;
  /** Monthly series of prices and loads; none where nothing is looked for. */
  readonly spillover: readonly string[];
}
