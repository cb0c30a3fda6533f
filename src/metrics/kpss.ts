import { leastSessions } from "#src/metrics/augmented-dickey-fuller.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** A test whose hypothesis is that a series does come back to its level. */
export interface KpssTest {
  /** The larger, the less stationary. */
  readonly statistic: number;
  /** Interpolated in the table, which ends at 0.10 and 0.01. */
  readonly pValue: number;
  /** Whether the p-value is an end of the table: the true one is beyond it. */
  readonly isClipped: boolean;
  /** Autocovariances in the long-run variance. */
  readonly lags: number;
  readonly critical: { readonly one: number; readonly five: number; readonly ten: number };
}

/** Kwiatkowski et al. 1992, table 1, about a level: statistic and p. */
const table = [
  [0.347, 0.1],
  [0.463, 0.05],
  [0.574, 0.025],
  [0.739, 0.01],
] as const;
/** A spread below this share of the level is rounding. */
const noise = 1e-12;
const critical = { one: 0.739, five: 0.463, ten: 0.347 } as const;

/**
 * KPSS test about a level (KPSS 平稳性检验, P6): the counterpart of the Dickey–Fuller test, whose hypothesis is a unit root.
 *
 *     η = Σ S[t]² / (n² · s²(l)),   S[t] = Σ_{u ≤ t} (x[u] − mean),
 *     s²(l) = γ[0] + 2 Σ_{i ≤ l} (1 − i/(l+1)) γ[i]        (Bartlett)
 *
 * The bandwidth l is that of Newey and West (1994) as Hobijn, Franses and Ooms (2004) use it, unless `lags` is given: one
 * fixed by the length alone would call every slow return a unit root.
 *
 * @param values  oldest first, at least 250
 * @returns `insufficient` below 250 values, `undefined` (`zero-variance`) for a series that does not move
 * @throws {RangeError} if a value is not finite, or the lags are not whole, negative or as many as the values
 * @see Kwiatkowski, Phillips, Schmidt and Shin (1992), Journal of Econometrics 54, 159–178
 */
export function kpss(
  values: readonly number[],
  { lags }: { readonly lags?: number } = {},
): Measured<KpssTest> {
  const n = values.length;
  if (!values.every(Number.isFinite)) throw new RangeError("kpss requires finite values");
  if (lags !== undefined && !(Number.isInteger(lags) && lags >= 0 && lags < Math.max(1, n)))
    throw new RangeError(`kpss requires from no lags to one fewer than values, got ${lags}`);
  if (n < leastSessions) return tooFew(n, leastSessions);
  const mean = meanOf(values);
  const residuals = Float64Array.from(values, (value) => value - mean);
  if (Math.sqrt(products(residuals, 0) / n) <= noise * Math.abs(mean)) return notDefined("zero-variance", n);
  const bandwidth = lags ?? automaticLags(residuals);
  const statistic = partialSumSquares(residuals) / n ** 2 / longRunVariance(residuals, bandwidth);
  const pValue = interpolated(statistic);
  const isClipped = statistic < critical.ten || statistic > critical.one;
  return ok({ statistic, pValue, isClipped, lags: bandwidth, critical }, n);
}

function partialSumSquares(residuals: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const residual of residuals) {
    sum += residual;
    squares += sum * sum;
  }
  return squares;
}

/** γ[lag] times n. */
function products(residuals: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < residuals.length; t++) sum += (residuals[t] ?? 0) * (residuals[t - lag] ?? 0);
  return sum;
}

function longRunVariance(residuals: Float64Array, lags: number): number {
  let sum = products(residuals, 0);
  for (let i = 1; i <= lags; i++) sum += 2 * (1 - i / (lags + 1)) * products(residuals, i);
  return sum / residuals.length;
}

/** 1.1447 · (s1² / s0²)^⅓ · n^⅓, s from n^(2/9) autocovariances. */
function automaticLags(residuals: Float64Array): number {
  const n = residuals.length;
  let [s0, s1] = [products(residuals, 0) / n, 0];
  for (let i = 1; i <= Math.floor(n ** (2 / 9)); i++) {
    const twice = (2 * products(residuals, i)) / n;
    s0 += twice;
    s1 += i * twice;
  }
  return Math.min(n - 1, Math.floor(1.1447 * Math.cbrt((s1 / s0) ** 2) * Math.cbrt(n)));
}

function interpolated(statistic: number): number {
  const above = table.findIndex(([value]) => value >= statistic);
  const [low, high] = [table[above - 1], table[above]];
  if (high === undefined) return 0.01;
  if (low === undefined) return 0.1;
  return low[1] + ((high[1] - low[1]) * (statistic - low[0])) / (high[0] - low[0]);
}
