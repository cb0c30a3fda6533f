import { leastSquares } from "#src/metrics/least-squares.ts";
import { neweyWest } from "#src/metrics/newey-west.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** What a pair's beta turned out to be. */
export interface RealisedBeta {
  readonly beta: number;
  /** By Newey–West errors. */
  readonly error: number;
  readonly t: number;
  /** Whether the word “neutral” may be said: |t| is 2 at most. */
  readonly isNeutral: boolean;
}

const leastReturns = 120;
/** From which |t| on a beta is not none. */
const most = 2;

/**
 * Realised beta of a pair (事后贝塔, P1): least squares on the market's returns, with a constant and Newey–West errors. A pair
 * that was to be neutral and has a beta is not called so.
 *
 * @param pair  daily simple returns of the pair, at least 120
 * @param market  on the same days
 * @returns `insufficient` below 120 returns; `undefined`: (`zero-variance`) for a market that does not move, (`perfect-fit`)
 *   where nothing but rounding is left
 * @throws {RangeError} if the two differ in length or a return is not finite
 * @see Newey and West (1987), Econometrica 55(3), 703–708
 */
export function realisedBeta(pair: readonly number[], market: readonly number[]): Measured<RealisedBeta> {
  const n = pair.length;
  if (market.length !== n) throw new RangeError("realisedBeta requires series of one length");
  if (![...pair, ...market].every(Number.isFinite))
    throw new RangeError("realisedBeta requires finite returns");
  if (n < leastReturns) return tooFew(n, leastReturns);
  const columns = [market.map(() => 1), market];
  const fit = leastSquares(columns, pair);
  if (fit.value === null) return notDefined("zero-variance", n);
  const hac = neweyWest(columns, fit.value);
  if (hac.value === null) return hac;
  const [beta = Number.NaN, error = Number.NaN, t = Number.NaN] = [
    fit.value.coefficients[1],
    hac.value.errors[1],
    hac.value.t[1],
  ];
  return ok({ beta, error, t, isNeutral: Math.abs(t) <= most }, n);
}
