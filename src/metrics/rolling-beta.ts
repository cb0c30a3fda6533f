import { rollingCovariance, rollingVariance } from "#src/metrics/rolling.ts";

/** Returns of which a beta is made, and how few will do. */
export interface BetaWindow {
  readonly window?: number;
  readonly min?: number;
}

const usual = { window: 252, min: 120 } as const;
/** A variance below this is rounding of returns. */
const noise = 1e-24;

/**
 * Rolling beta (滚动贝塔, A11, P1): covariance with the market over its variance, of the last 252 returns, or of all while there
 * are at least 120, in one pass.
 *
 *     β[t] = Σ (r − mean)(m − mean) / Σ (m − mean)²   over t − 251 … t
 *
 * Element `t` knows the return of `t`: of a position held on `t` the beta is the element before.
 *
 * @param returns  daily simple returns, oldest first
 * @param market  of the market, on the same days
 * @returns one element a return; `null` below 120 returns, and where the market did not move
 * @throws {RangeError} if the two differ in length, a return is not finite, or the window is below `min`, or that below 2
 */
export function rollingBeta(
  returns: readonly number[],
  market: readonly number[],
  { window = usual.window, min = usual.min }: BetaWindow = {},
): readonly (number | null)[] {
  if (!(window >= min && min >= 2))
    throw new RangeError(`rollingBeta requires a window of ${min} or more, got ${window}`);
  if (returns.length !== market.length) throw new RangeError("rollingBeta requires series of one length");
  if (![...returns, ...market].every(Number.isFinite))
    throw new RangeError("rollingBeta requires finite returns");
  const first = growing(returns.slice(0, window - 1), market, min);
  const [both, own] = [rollingCovariance(returns, market, window), rollingVariance(market, window)];
  return returns.map((_, t) => first[t] ?? ratio(both[t] ?? null, own[t] ?? null));
}

const ratio = (covariance: number | null, variance: number | null): number | null =>
  covariance === null || variance === null || variance <= noise ? null : covariance / variance;

/** Betas of all the returns so far (Welford 1962), from `min` of them on. */
function growing(
  returns: readonly number[],
  market: readonly number[],
  min: number,
): readonly (number | null)[] {
  let [meanR, meanM, both, own] = [0, 0, 0, 0];
  return returns.map((r, t) => {
    const m = market[t] ?? Number.NaN;
    const before = m - meanM;
    meanM += before / (t + 1);
    meanR += (r - meanR) / (t + 1);
    own += before * (m - meanM);
    both += before * (r - meanR);
    return t + 1 < min ? null : ratio(both / t, own / t);
  });
}
