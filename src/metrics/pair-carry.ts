import { type Day, dayNumber } from "#src/metrics/days.ts";
import { evenWeights, legContributions, type Weights } from "#src/metrics/pair-attribution.ts";
import type { Legs } from "#src/metrics/pair-return.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** What it costs to hold a pair: fractions a year, and of what is traded. */
export interface PairCosts {
  /** Risk-free rate, one number or one a day, known the day before. */
  readonly riskFree: number | readonly number[];
  /** Fee for the shares borrowed, general collateral unless given. */
  readonly borrow?: number;
  /** What the long leg's money costs above the risk-free rate. */
  readonly spread: number;
  /** What a trade costs, in basis points of its size. */
  readonly bps: number;
}

/** A pair before and after what it costs. */
export interface PairCarry {
  readonly gross: Returns;
  /** Of financing, borrowing and trading. */
  readonly net: Returns;
  /** What financing and borrowing contributed each day: the third leg of an attribution. */
  readonly financing: readonly number[];
  /** What trading took each day, not negative. */
  readonly trading: readonly number[];
}

/** Daily returns and the level that they make, which begins at 1. */
interface Returns {
  readonly pair: readonly number[];
  readonly level: readonly number[];
}

const generalCollateral = 0.003;
/** Money is lent by days of a year of 360. */
const year = 360;

/**
 * Carry, borrowing and trading costs of a pair (持有成本, P10): its daily return gross and net.
 *
 *     financing[t] = ( w_S (rf − borrow) − w_L (rf + spread) ) · days / 360
 *     net[t] = w_L R_L[t] − w_S R_S[t] + financing[t] − turnover[t] · bps / 10,000
 *
 * The short leg pays dividends, so both legs' returns should be total returns.
 *
 * @param dates  sessions, one more than returns: money costs over weekends and holidays too
 * @param turnover  what is traded a day, in capital; of a pair brought back every day {@link rebalancingTurnover}, and on the
 *   first day the opening
 * @returns `undefined` (`total-loss`) where a day, net, loses everything
 * @throws {RangeError} if lengths do not fit, a number is not finite, days do not rise or turnover is negative
 */
export function pairCarry(
  dates: readonly Day[],
  legs: Legs,
  turnover: readonly number[],
  { riskFree, borrow = generalCollateral, spread, bps }: PairCosts,
  weights: Weights = evenWeights,
): Measured<PairCarry> {
  const n = legs.long.length;
  const days = elapsed(dates);
  if (days.length !== n || turnover.length !== n)
    throw new RangeError("pairCarry requires a session more than returns, and turnover for each");
  const { long, short } = legContributions(legs, weights);
  const rate = perDay(riskFree, n);
  const [held, sold] = [perDay(weights.long, n), perDay(weights.short, n)];
  const gross = long.map((c, t) => c + (short[t] ?? Number.NaN));
  const financing = days.map(
    (d, t) => ((at(sold, t) * (at(rate, t) - borrow) - at(held, t) * (at(rate, t) + spread)) * d) / year,
  );
  const trading = turnover.map((traded) => (traded * bps) / 10_000);
  const net = gross.map((r, t) => r + at(financing, t) - at(trading, t));
  if (![...gross, ...net].every(Number.isFinite) || trading.some((cost) => cost < 0))
    throw new RangeError("pairCarry requires finite numbers, and no negative turnover");
  if (net.some((r) => r <= -1) || gross.some((r) => r <= -1)) return notDefined("total-loss", n);
  return ok({ gross: withLevel(gross), net: withLevel(net), financing, trading }, n);
}

/**
 * What is traded at each close to bring both legs of a pair back to their weights (换手率, P10), in the capital with which the
 * day began; opening and closing the pair are not in it.
 *
 *     w_L |R_L − R| + w_S |R_S − R|,   R = w_L R_L − w_S R_S
 *
 * @throws {RangeError} if the legs differ in length
 */
export function rebalancingTurnover(
  { long, short }: Legs,
  weights: { readonly long: number; readonly short: number } = { long: 1, short: 1 },
): readonly number[] {
  if (long.length !== short.length) throw new RangeError("a pair requires legs of one length");
  return long.map((up, t) => {
    const down = at(short, t);
    const pair = weights.long * up - weights.short * down;
    return Math.abs(weights.long * (up - pair)) + Math.abs(weights.short * (down - pair));
  });
}

/**
 * The same of legs whose names are brought back to equal weights too (个股换手率, P10): what each name ends the day away from its
 * part of the capital.
 *
 *     Σ |R_i − R| / n over the names of either leg,   R = R_L − R_S of equal weights
 *
 * As {@link rebalancingTurnover} with one name a leg, and never less.
 *
 * @param long  daily simple returns of what is held long, one array a name
 * @param short  of what is held short, on the same days
 * @throws {RangeError} if a leg has no name, or names differ in length
 */
export function nameTurnover(
  long: readonly (readonly number[])[],
  short: readonly (readonly number[])[],
): readonly number[] {
  const [first] = long;
  if (first === undefined || short.length === 0 || [...long, ...short].some((r) => r.length !== first.length))
    throw new RangeError("nameTurnover requires names of one length in both legs");
  const mean = (leg: typeof long, of: (r: number) => number, t: number): number =>
    leg.reduce((sum, name) => sum + of(at(name, t)), 0) / leg.length;
  return first.map((_, t) => {
    const pair = mean(long, (r) => r, t) - mean(short, (r) => r, t);
    const away = (r: number) => Math.abs(r - pair);
    return mean(long, away, t) + mean(short, away, t);
  });
}

/** Calendar days from each session to the next. */
function elapsed(dates: readonly Day[]): readonly number[] {
  const numbers = dates.map(dayNumber);
  const days = numbers.slice(1).map((number, t) => number - at(numbers, t));
  if (!days.every((d) => d > 0)) throw new RangeError("pairCarry requires days that rise");
  return days;
}

function perDay(value: number | readonly number[], n: number): readonly number[] {
  if (typeof value === "number") return Array.from({ length: n }, () => value);
  if (value.length !== n) throw new RangeError("pairCarry requires one rate and weight a day");
  return value;
}

function withLevel(pair: readonly number[]): Returns {
  const level = [1];
  for (const r of pair) level.push((level.at(-1) ?? 1) * (1 + r));
  return { pair, level };
}

const at = (values: readonly number[], t: number): number => values[t] ?? Number.NaN;
