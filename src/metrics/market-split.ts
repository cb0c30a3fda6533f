import { carinoLink } from "#src/metrics/leg-attribution.ts";
import { type BetaWindow, betaWindows, rollingBeta } from "#src/metrics/market-beta.ts";
import { evenWeights, legContributions, type Weights } from "#src/metrics/pair-attribution.ts";
import type { Legs } from "#src/metrics/pair-return.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** What the market did to a pair, and what the legs did by themselves: the three add up to the total. */
export interface MarketSplit {
  readonly total: number;
  /** Of the pair's net beta, so that a fall of the market is not taken for a success of the short leg. */
  readonly market: number;
  readonly long: number;
  readonly short: number;
}

/** How much is held of the legs, 100 each unless given, and of how many returns betas are made. */
export interface SplitOptions {
  readonly weights?: Weights;
  readonly of?: BetaWindow;
}

/**
 * Split of a pair's return into the market and the legs' own (市场与特质收益拆分, P2), exact on every day and, linked by Carino,
 * over the span.
 *
 *     market  (w_L β_L − w_S β_S) R_m,   long  w_L (R_L − β_L R_m),   short  −w_S (R_S − β_S R_m)
 *
 * Betas roll daily and are estimated to the day before.
 *
 * @param legs  daily simple returns with the history of which betas are made
 * @param market  of the market, on the same days
 * @param days  how many of the last days are split
 * @param weights  one number, or one a day of the span
 * @returns `insufficient` without a day, or with fewer than 120 returns before the first; `undefined`: (`zero-variance`) where
 *   the market did not move, (`total-loss`) where a day loses everything
 * @throws {RangeError} as `rollingBeta`, or if the days are not a whole number from 0 on
 */
export function marketSplit(
  legs: Legs,
  market: readonly number[],
  days: number,
  { weights = evenWeights, of = betaWindows.daily }: SplitOptions = {},
): Measured<MarketSplit> {
  if (!(Number.isInteger(days) && days >= 0))
    throw new RangeError(`marketSplit requires a number of days, got ${days}`);
  const n = market.length;
  const betas = [legs.long, legs.short].map((leg) => rollingBeta(leg, market, of));
  if (days === 0) return tooFew(0, 1);
  if (n - days < of.min) return tooFew(Math.max(0, n - days), of.min);
  const [up = [], down = []] = betas.map((path) => path.slice(n - days - 1, -1));
  const moved = market.slice(-days);
  const own = { long: legs.long.slice(-days), short: legs.short.slice(-days) };
  if (![...up, ...down].every((beta) => beta !== null)) return notDefined("zero-variance", days);
  const byMarket = {
    long: moved.map((m, t) => (up[t] ?? Number.NaN) * m),
    short: moved.map((m, t) => (down[t] ?? Number.NaN) * m),
  };
  const all = legContributions(own, weights);
  const shared = legContributions(byMarket, weights);
  const linked = carinoLink([
    shared.long.map((c, t) => c + (shared.short[t] ?? Number.NaN)),
    all.long.map((c, t) => c - (shared.long[t] ?? Number.NaN)),
    all.short.map((c, t) => c - (shared.short[t] ?? Number.NaN)),
  ]);
  if (linked.value === null) return linked;
  const [part = Number.NaN, long = Number.NaN, short = Number.NaN] = linked.value.parts;
  return ok({ total: linked.value.total, market: part, long, short }, days);
}
