/** A sector in focus. */
export interface EpicentreRule {
  /** Price series of the sector, and of the market that it is held against. */
  readonly sector: string;
  readonly market: string;
  /** Series of its forward price-earnings ratio, and of those earnings a share; `null` where none is named. */
  readonly multiple: string | null;
  readonly earnings: string | null;
  /** Series of what is traded of it; `null` where none is named. */
  readonly volume: string | null;
  /** Price series of its sub-industries, in the order of the page. */
  readonly subindustries: readonly string[];
  /** Price series of its names, whose drops are held against declared events. */
  readonly names: readonly string[];
}
