import { betaWindows, marketBeta } from "#src/metrics/market-beta.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** What a pair's beta turned out to be. */
export interface RealisedBeta {
  readonly beta: number;
  /** By Newey–West errors. */
  readonly error: number;
  readonly t: number;
  /** Whether the word “neutral” may be said: |t| is 2 at most. */
  readonly isNeutral: boolean;
}

/** From which |t| on a beta is not none. */
const most = 2;

/**
 * Realised beta of a pair (事后贝塔, P1): that of all of its returns, with Newey–West errors. A pair that was to be neutral and
 * has a beta is not called so.
 *
 * @param pair  daily simple returns of the pair, at least 120
 * @param market  on the same days
 * @returns `insufficient` below 120 returns; `undefined`: (`zero-variance`) for a market that does not move, (`perfect-fit`)
 *   where nothing but rounding is left
 * @throws {RangeError} if the two differ in length or a return is not finite
 */
export function realisedBeta(pair: readonly number[], market: readonly number[]): Measured<RealisedBeta> {
  const { min } = betaWindows.daily;
  const found = marketBeta(pair, market, { of: { window: Math.max(pair.length, min), min } });
  if (found.value === null) return found;
  const { beta, error, t } = found.value;
  if (error === null || t === null) return notDefined("perfect-fit", pair.length);
  return ok({ beta, error, t, isNeutral: Math.abs(t) <= most }, pair.length);
}
