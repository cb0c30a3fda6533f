import type { Day } from "#src/metrics/days.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** When both legs are brought back to 100: at the close before the first session of a week or month, or never. */
export type Rebalancing = "week" | "month" | "never";

/** A pair whose legs drift apart between two rebalancings. */
export interface DriftingPair {
  /** Daily returns of the capital. */
  readonly pair: readonly number[];
  /** One element more than returns: 1 before the first. */
  readonly level: readonly number[];
  /** What each leg is worth when the day begins, in capital of that moment. */
  readonly weights: { readonly long: readonly number[]; readonly short: readonly number[] };
}

/**
 * Pair return with drifting legs (漂移权重配对收益率, P1): 100 long against 100 short at each rebalancing, and what becomes of
 * them in between.
 *
 *     V[t] = V[t−1] · (1 + R[t])  each leg,   W[t] = W[0] + (V_L[t] − V_L[0]) − (V_S[t] − V_S[0]),   R[t] = W[t] / W[t−1] − 1
 *
 * @param dates  one a return: the session on which it ends
 * @param long  daily simple returns of what is held long
 * @param short  daily simple returns of what is held short
 * @returns `undefined` (`total-loss`) where the capital, or what is held long, is lost
 * @throws {RangeError} if the three differ in length or a return is not finite
 */
export function driftingPair(
  dates: readonly Day[],
  long: readonly number[],
  short: readonly number[],
  every: Rebalancing,
): Measured<DriftingPair> {
  if (dates.length !== long.length || short.length !== long.length)
    throw new RangeError("driftingPair requires dates and legs of one length");
  if (![...long, ...short].every(Number.isFinite))
    throw new RangeError("driftingPair requires finite returns");
  const periods = dates.map((date) => periodOf(date, every));
  const weights = { long: [] as number[], short: [] as number[] };
  const [pair, level] = [[] as number[], [1]];
  let [capital, up, down] = [1, 1, 1];
  for (const [t, period] of periods.entries()) {
    if (period !== periods[t - 1]) [up, down] = [capital, capital];
    weights.long.push(up / capital);
    weights.short.push(down / capital);
    const [byLong, byShort] = [up * (long[t] ?? Number.NaN), down * (short[t] ?? Number.NaN)];
    const after = capital + byLong - byShort;
    if (after <= 0 || up + byLong <= 0) return notDefined("total-loss", long.length);
    pair.push((byLong - byShort) / capital);
    level.push(after);
    [capital, up, down] = [after, up + byLong, down + byShort];
  }
  return ok({ pair, level, weights }, long.length);
}

function periodOf(date: Day, every: Rebalancing): string {
  if (every === "never") return every;
  return every === "week" ? isoWeek(date).monday : date.slice(0, 7);
}
