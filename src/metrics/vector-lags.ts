import { cholesky } from "#src/metrics/cholesky.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";

const mostLags = 8;

/**
 * Lags of a vector autoregression in levels with a constant (滞后阶数, P5), from 1 to 8, by Schwarz's criterion.
 *
 *     BIC(p) = ln |Σ̂[p]| + ln T / T · (p k² + k),   Σ̂ of residuals over the T = n − 8 observations that all orders have
 *
 * @param series  of one length, oldest first
 * @returns 1 where the series are too few or depend on each other, of which there is no criterion
 * @see Lütkepohl, New Introduction to Multiple Time Series Analysis (2005), section 4.3; as statsmodels' `VAR.select_order`
 */
export function vectorLags(series: readonly (readonly number[])[]): number {
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (let order = 1; order <= mostLags; order++) {
    const value = criterion(series, order);
    if (value < least) [best, least] = [order, value];
  }
  return best;
}

function criterion(series: readonly (readonly number[])[], order: number): number {
  const k = series.length;
  const from = (path: readonly number[], back: number) => path.slice(mostLags - back, path.length - back);
  const lagged = Array.from({ length: order }, (_, i) => series.map((path) => from(path, i + 1))).flat();
  const columns = [from(series[0] ?? [], 0).map(() => 1), ...lagged];
  const residuals = series.flatMap((path) => {
    const { value } = leastSquares(columns, from(path, 0));
    return value === null ? [] : [value.residuals];
  });
  const count = columns[0]?.length ?? 0;
  if (residuals.length < k) return Number.POSITIVE_INFINITY;
  const covariance = residuals.flatMap((a) =>
    residuals.map((b) => a.reduce((sum, e, t) => sum + e * (b[t] ?? Number.NaN), 0) / count),
  );
  const factor = cholesky(Float64Array.from(covariance), k);
  if (factor === null) return Number.POSITIVE_INFINITY;
  const determinant = series.reduce((sum, _, i) => sum + 2 * Math.log(factor[i * (k + 1)] ?? 0), 0);
  return determinant + (Math.log(count) / count) * (order * k * k + k);
}
