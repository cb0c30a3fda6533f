import { carinoLink, type LegAttribution, withShares } from "#src/metrics/leg-attribution.ts";
import type { Legs } from "#src/metrics/pair-return.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** How much of each leg is held, in capital: one number, or one a day. The short leg's is positive too. */
export interface Weights {
  readonly long: number | readonly number[];
  readonly short: number | readonly number[];
}

/** 100 long against 100 short. */
export const evenWeights: Weights = { long: 1, short: 1 };

/** What the legs and their financing contributed: `long + short + financing = total`. */
export interface FinancedAttribution extends LegAttribution {
  readonly financing: number;
}

/** Daily contributions of the two legs: `w_L R_L` and `−w_S R_S`. */
export function legContributions(
  { long, short }: Legs,
  weights: Weights = evenWeights,
): { readonly long: readonly number[]; readonly short: readonly number[] } {
  if (long.length !== short.length) throw new RangeError("a pair requires legs of one length");
  return { long: weighted(long, weights.long), short: weighted(short, weights.short).map((c) => 0 - c) };
}

function weighted(returns: readonly number[], weights: number | readonly number[]): readonly number[] {
  if (typeof weights === "number") return returns.map((r) => weights * r);
  if (weights.length !== returns.length) throw new RangeError("weights require one number a day");
  return returns.map((r, t) => (weights[t] ?? Number.NaN) * r);
}

/**
 * Attribution to both legs and their financing (多空端与融资归因, P2), of any weights, linked by Carino so that the three add up
 * to the compounded return exactly.
 *
 *     R[t] = w_L R_L[t] − w_S R_S[t] + F[t]
 *
 * Shares are of the total, and exist where both legs went its way; what they lack of 1 is the financing's.
 *
 * @param financing  what the financing contributed on each day, a fraction; negative where it cost
 * @returns as `carinoLink`, whose errors it shares
 */
export function financedAttribution(
  legs: Legs,
  financing: readonly number[],
  weights: Weights = evenWeights,
): Measured<FinancedAttribution> {
  const { long, short } = legContributions(legs, weights);
  const linked = carinoLink([long, short, financing]);
  if (linked.value === null) return linked;
  const [byLong = Number.NaN, byShort = Number.NaN, byFinancing = Number.NaN] = linked.value.parts;
  return ok({ ...withShares(linked.value.total, byLong, byShort), financing: byFinancing }, linked.n);
}

/**
 * Attribution of a pair that is bought and held (买入持有归因, P2): each leg's money, in shares of what was put up on both.
 *
 *     C_L = V_L (Π (1+R_L) − 1) / (V_L + V_S),   C_S = −V_S (Π (1+R_S) − 1) / (V_L + V_S)
 *
 * Nothing is linked: money adds up. The total is per unit of both legs, half of what 100 against 100 makes on 100.
 *
 * @param initial  what was held of each leg at first, in any unit
 * @returns `insufficient` without a day; `undefined` (`total-loss`) where a leg, or all that was put up, is lost
 * @throws {RangeError} if the legs differ in length, a return is not finite, or what was held is not positive
 */
export function buyAndHoldAttribution(
  { long, short }: Legs,
  initial: { readonly long: number; readonly short: number } = { long: 1, short: 1 },
): Measured<LegAttribution> {
  if (long.length !== short.length) throw new RangeError("a pair requires legs of one length");
  if (![...long, ...short].every(Number.isFinite))
    throw new RangeError("buyAndHoldAttribution requires finite returns");
  const gross = initial.long + initial.short;
  if (!(initial.long >= 0 && initial.short >= 0 && gross > 0 && gross < Number.POSITIVE_INFINITY))
    throw new RangeError("buyAndHoldAttribution requires positive holdings");
  if (long.length === 0) return tooFew(0, 1);
  if ([...long, ...short].some((r) => r <= -1)) return notDefined("total-loss", long.length);
  const byLong = (initial.long / gross) * compounded(long);
  const byShort = 0 - (initial.short / gross) * compounded(short);
  const total = byLong + byShort;
  return total <= -1
    ? notDefined("total-loss", long.length)
    : ok(withShares(total, byLong, byShort), long.length);
}

const compounded = (returns: readonly number[]): number =>
  returns.reduce((level, r) => level * (1 + r), 1) - 1;
