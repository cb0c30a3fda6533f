import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";

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
 * @throws {RangeError} if a return is not finite
 */
export function realisedVolatility(
  returns: readonly number[],
  { window = 20, zeroMean = false }: VolatilityOptions = {},
): Measured<number> {
  const recent = returns.slice(-window);
  const n = recent.length;
  const least = Math.ceil(leastShare * window);
  if (n < least) return tooFew(n, least);
  const value = annualDeviation(recent, zeroMean);
  if (!Number.isFinite(value)) throw new RangeError("realisedVolatility requires finite returns");
  if (value === 0) return warn(0, n, { code: "no-movement" });
  return n < window ? warn(value, n, { code: "short-window", need: window, have: n }) : ok(value, n);
}

/**
 * Realised volatility of every full window: element `t` is that of `returns[t − window + 1 … t]`, `null` before the
 * first full one. Each element uses no return after `t`.
 */
export function realisedVolatilityPath(returns: readonly number[], window = 20): readonly (number | null)[] {
  return returns.map((_, t) =>
    t + 1 < window ? null : annualDeviation(returns.slice(t + 1 - window, t + 1), false),
  );
}

function annualDeviation(returns: readonly number[], zeroMean: boolean): number {
  const n = returns.length;
  const mean = zeroMean ? 0 : returns.reduce((sum, r) => sum + r, 0) / n;
  const squares = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0);
  return Math.sqrt((sessionsAYear * squares) / (zeroMean ? n : n - 1));
}
