import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

/** A correlation and how well it is known. */
export interface CorrelationEstimate {
  readonly correlation: number;
  /** Ends of the confidence interval. */
  readonly low: number;
  readonly high: number;
  /** Standard error of `atanh r`. */
  readonly error: number;
}

/** Whether two correlations of separate samples differ. */
export interface CorrelationDifference {
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** Standard error of `atanh r` for n independent pairs of normal values. */
export function fisherError(n: number): number {
  if (!(n > 3)) throw new RangeError(`Fisher's z requires more than 3 pairs, got ${n}`);
  return 1 / Math.sqrt(n - 3);
}

/**
 * Confidence interval of a correlation by Fisher's transformation (费雪变换, D10): `tanh(atanh r ± z se)`.
 *
 * @param correlation  between −1 and 1, not at them
 * @param error  standard error of `atanh r`; {@link fisherError} for independent pairs
 * @param level  e.g. 0.95
 * @throws {RangeError} for a correlation or a level outside its range, or a negative error
 * @see Fisher (1921), On the probable error of a coefficient of correlation, Metron 1
 */
export function correlationInterval(correlation: number, error: number, level = 0.95): CorrelationEstimate {
  if (!(Math.abs(correlation) < 1 && error >= 0 && level > 0 && level < 1))
    throw new RangeError(`no interval for a correlation of ${correlation}, error ${error}, level ${level}`);
  const [center, reach] = [Math.atanh(correlation), normalQuantile((1 + level) / 2, 0, 1) * error];
  return { correlation, low: Math.tanh(center - reach), high: Math.tanh(center + reach), error };
}

/**
 * Fisher's test of two correlations (费雪 z 检验, D10), of samples that do not overlap.
 *
 *     z = (atanh r₁ − atanh r₂) / √(se₁² + se₂²),   se = 1/√(n − 3) for independent pairs
 *
 * @example correlationDifference(correlationInterval(0.5, fisherError(60)), correlationInterval(-0.3, fisherError(60))).z; // 4.584875
 */
export function correlationDifference(a: CorrelationEstimate, b: CorrelationEstimate): CorrelationDifference {
  const z = (Math.atanh(a.correlation) - Math.atanh(b.correlation)) / Math.hypot(a.error, b.error);
  return { z, pValue: 2 * normalCdf(-Math.abs(z), 0, 1) };
}
