import { meanOf } from "#src/metrics/mean.ts";
import { type Path, presentOf, withNulls } from "#src/metrics/panel.ts";
import { type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { variancesOf } from "#src/metrics/rolling.ts";

const sessionsAYear = 252;
const leastShare = 0.75;

/** How realised volatility is measured. */
export interface VolatilityOptions {
  /** Returns in the window; 20 unless given. */
  readonly window?: number;
  /** Takes the mean as zero, as variance swaps do; otherwise the sample mean is removed. */
  readonly zeroMean?: boolean;
}

/**
 * Realised volatility, close to close (实际波动率, A5), a year.
 *
 *     sqrt( 252/(n−1) · Σ (r − mean)² ),   or   sqrt( 252/n · Σ r² ) with zero mean
 *
 * @param returns  log returns, oldest first; the last `window` of them count
 * @returns a fraction a year; `insufficient` where fewer than three quarters of the window are there (15 of 20), `warn`
 *   below the whole window, and `warn` (`no-movement`) for a price that did not move
 * @throws {RangeError} if a return of the window is not finite, or the window is below 2
 */
export function realisedVolatility(
  returns: readonly number[],
  { window = 20, zeroMean = false }: VolatilityOptions = {},
): Measured<number> {
  if (!(Number.isInteger(window) && window >= 2))
    throw new RangeError(`realisedVolatility requires a window of 2 or more, got ${window}`);
  const recent = returns.slice(-window);
  const n = recent.length;
  const least = Math.ceil(leastShare * window);
  if (n < least) return tooFew(n, least);
  const value = annualDeviation(recent, zeroMean);
  const caveats: readonly Reason[] = [
    ...(recent.every((r) => r === 0) ? [{ code: "no-movement" }] : []),
    ...(n < window ? [{ code: "short-window", need: window, have: n }] : []),
  ];
  return caveats.length > 0 ? warn(value, n, ...caveats) : ok(value, n);
}

/**
 * Realised volatility of every full window, in one pass: element `t` is that of `returns[t − window + 1 … t]`, `null` before
 * the first full one and where one of its returns is missing. Each element uses no return after `t`. It is exactly 0 for a
 * window of equal returns.
 *
 * @throws {RangeError} if a return is not finite, or the window is below 2
 */
export const realisedVolatilityPath = (returns: Path, window = 20): Path =>
  withNulls(realisedVolatilities(presentOf(returns), window));

/** {@link realisedVolatilityPath} of numbers, NaN for what is missing. */
export const realisedVolatilities = (returns: Float64Array, window = 20): Float64Array =>
  annualDeviations(variancesOf(returns, window));

/** Variances of daily changes turned, in their place, into deviations a year. */
export function annualDeviations(variances: Float64Array): Float64Array {
  // Of a window that all but stands still after a leap, rounding may leave a variance below 0.
  for (let t = 0; t < variances.length; t++)
    variances[t] = Math.sqrt(sessionsAYear * Math.max(0, variances[t] ?? 0));
  return variances;
}

function annualDeviation(returns: readonly number[], zeroMean: boolean): number {
  const n = returns.length;
  if (!returns.every(Number.isFinite)) throw new RangeError("realised volatility requires finite returns");
  const mean = zeroMean ? 0 : meanOf(returns);
  const squares = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0);
  return Math.sqrt((sessionsAYear * squares) / (zeroMean ? n : n - 1));
}
