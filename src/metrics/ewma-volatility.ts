import { allFinite } from "#src/metrics/all-numbers.ts";
import { type Path, withNulls } from "#src/metrics/panel.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

const decay = 0.94;
const seed = 30;
const sessionsAYear = 252;

/**
 * Exponentially weighted volatility (指数加权波动率, A6) of every day, as it stood the evening before.
 *
 *     s²[t] = 0.94 s²[t−1] + 0.06 r[t−1]²,   seeded with the mean square of the first 30 returns
 *
 * @param returns  daily returns, oldest first
 * @returns one element more than returns: element `t` is the daily standard deviation forecast for `t` from the
 *   returns before `t`; `null` for the first 30
 * @throws {RangeError} if a return is not finite
 * @see RiskMetrics Technical Document, 4th ed. (1996), ch. 5
 */
export const ewmaPath = (returns: readonly number[]): Path => withNulls(ewmaForecasts(returns));

/** {@link ewmaPath} as numbers, NaN for the first 30. */
export function ewmaForecasts(returns: readonly number[]): Float64Array {
  if (!allFinite(returns)) throw new RangeError("ewmaPath requires finite returns");
  const forecasts = new Float64Array(returns.length + 1).fill(Number.NaN);
  let variance = returns.slice(0, seed).reduce((sum, r) => sum + r * r, 0) / seed;
  for (let t = seed; t <= returns.length; t++) {
    if (t > seed) variance = decay * variance + (1 - decay) * (returns[t - 1] ?? 0) ** 2;
    forecasts[t] = Math.sqrt(variance);
  }
  return forecasts;
}

/**
 * The latest element of {@link ewmaPath}, a year: the volatility forecast for the session after the last return.
 *
 * @returns a fraction a year; `insufficient` below 30 returns
 * @throws {RangeError} if a return is not finite
 */
export function ewmaVolatility(returns: readonly number[]): Measured<number> {
  const last = ewmaPath(returns).at(-1) ?? null;
  return last === null ? tooFew(returns.length, seed) : ok(last * Math.sqrt(sessionsAYear), returns.length);
}
