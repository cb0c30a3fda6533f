import chisquareCdf from "@stdlib/stats-base-dists-chisquare-cdf";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Whether values hang together with those before them. */
export interface LjungBox {
  readonly statistic: number;
  readonly pValue: number;
}

/** A variance below this share of the values' squares is rounding. */
const noise = 1e-24;

/**
 * Ljung-Box test (LB 检验) that values are not autocorrelated at any of the first lags.
 *
 *     Q = n(n + 2) Σ_{k ≤ lags} ρ_k² / (n − k)  ~  χ²(lags)
 *
 * @param values  oldest first
 * @param lags  5 unless given
 * @returns `insufficient` unless there are more than `lags + 1` values; `undefined` (`zero-variance`) where they do not move
 * @throws {RangeError} if a value is not finite
 * @see Ljung and Box (1978), On a measure of lack of fit in time series models, Biometrika 65(2)
 */
export function ljungBox(values: readonly number[], lags = 5): Measured<LjungBox> {
  const n = values.length;
  if (!values.every(Number.isFinite)) throw new RangeError("ljungBox requires finite numbers");
  if (n <= lags + 1) return tooFew(n, lags + 2);
  const mean = meanOf(values);
  const about = values.map((v) => v - mean);
  const moment = (lag: number): number => about.reduce((sum, v, t) => sum + v * (about[t - lag] ?? 0), 0);
  const variance = moment(0);
  if (variance <= noise * values.reduce((sum, v) => sum + v * v, 0)) return notDefined("zero-variance", n);
  let statistic = 0;
  for (let lag = 1; lag <= lags; lag++)
    statistic += (n * (n + 2) * (moment(lag) / variance) ** 2) / (n - lag);
  return ok({ statistic, pValue: 1 - chisquareCdf(statistic, lags) }, n);
}
