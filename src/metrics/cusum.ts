import type { Day } from "#src/metrics/days.ts";
import { type LongRun, longRunRatio } from "#src/metrics/long-run-ratio.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

/** A test of whether a mean has stayed the same. */
export interface Cusum {
  /** S₀ = max |W|. */
  readonly statistic: number;
  /** Of such a maximum where the mean did not change. */
  readonly pValue: number;
  /** The last position before the likeliest change, where |W| is largest, and its day. */
  readonly last: number;
  readonly date: Day;
  /** W after each value. */
  readonly path: readonly number[];
  /** The long-run variance ratio that W was divided by the root of. */
  readonly inflation: number;
}

const leastValues = 100;

/**
 * OLS-CUSUM test (累积和检验, J2): the sums of the distances from the mean, which wander off where the mean has changed.
 *
 *     W(k) = Σ_{t ≤ k} (x[t] − mean) / (s √n),   s² = Σ (x − mean)² / (n − 1),   S₀ = max |W|
 *     p = 2 Σ_{i ≥ 1} (−1)^(i+1) exp(−2 i² S₀²)
 *
 * Values that go on from one another (levels, overlapping returns) raise false alarms: `longRun` divides W by the root of the
 * long-run variance ratio. It looks at the whole series: for one test of a past span, not to be read day by day.
 *
 * @param dates  one a value
 * @returns `insufficient` below 100 values; as {@link longRunRatio} for a series that does not move
 * @throws {RangeError} if lengths differ, or a value is not finite
 * @see Ploberger and Krämer (1992), Econometrica 60(2); R: `strucchange::sctest(efp(x ~ 1, type = "OLS-CUSUM"))`
 */
export function olsCusum(
  dates: readonly Day[],
  values: readonly number[],
  { longRun = "none" }: { readonly longRun?: LongRun } = {},
): Measured<Cusum> {
  const n = values.length;
  if (dates.length !== n)
    throw new RangeError(`olsCusum requires a day a value, got ${dates.length} and ${n}`);
  const ratio = longRunRatio(values, longRun);
  if (n < leastValues) return tooFew(n, leastValues);
  if (ratio.value === null) return ratio;
  const path = fluctuation(values, Math.sqrt(ratio.value));
  const sizes = path.map(Math.abs);
  const statistic = Math.max(...sizes);
  const last = sizes.indexOf(statistic);
  return ok(
    { statistic, pValue: bridgeTail(statistic), last, date: dates[last] ?? "", path, inflation: ratio.value },
    n,
  );
}

function fluctuation(values: readonly number[], inflation: number): readonly number[] {
  const n = values.length;
  const mean = meanOf(values);
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  const scale = Math.sqrt((squares / (n - 1)) * n) * inflation;
  let sum = 0;
  return values.map((v) => {
    sum += v - mean;
    return sum / scale;
  });
}

/** How likely a Brownian bridge goes further than `x` somewhere. */
function bridgeTail(x: number): number {
  // Below, the series takes long and the answer is 1 to 20 digits.
  if (x < 0.1) return 1;
  let tail = 0;
  for (let i = 1; i <= 100; i++) tail += (i % 2 === 1 ? 2 : -2) * Math.exp(-2 * i * i * x * x);
  return Math.min(1, Math.max(0, tail));
}
