/**
 * Vasicek's beta (瓦西塞克收缩贝塔, A11): a measured beta drawn towards that of the market, the more the less certain it is.
 *
 *     β' = w β + (1 − w) · prior,   w = s² / (s² + error²)
 *
 * @param beta  measured
 * @param error  its standard error
 * @param variance  s², the sample variance of measured betas over the cross-section
 * @throws {RangeError} if a number is not finite, the error or the variance negative, or both 0
 * @see Vasicek (1973), Journal of Finance 28(5)
 * @example vasicekBeta(1.6, 0.2, 0.12); // 1.45
 */
export function vasicekBeta(beta: number, error: number, variance: number, prior = 1): number {
  if (![beta, error, variance, prior].every(Number.isFinite))
    throw new RangeError("vasicekBeta requires finite numbers");
  if (!(error >= 0 && variance >= 0 && error ** 2 + variance > 0))
    throw new RangeError(
      "vasicekBeta requires an error and a variance of which neither is negative nor both 0",
    );
  const weight = variance / (variance + error ** 2);
  return weight * beta + (1 - weight) * prior;
}
