import { type Panel, type Path, pathOf, presentOf, sessionsOf, transposed } from "#src/metrics/panel.ts";
import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";
import { variancesOf } from "#src/metrics/rolling.ts";

/** How closely names move together, and how many it is said of. */
export interface AverageCorrelation {
  /** −1/(names − 1) to 1. */
  readonly correlation: number;
  readonly names: number;
}

const usualWindow = 60;
const leastShare = 0.75;
const leastNames = 2;
/** A variance below this is rounding noise. */
const noise = 1e-24;

/**
 * Average pairwise correlation (平均相关系数, D2) of the last sessions: the mean of all off-diagonal Pearson correlations.
 *
 * It is got without the pairs: of returns divided by their standard deviations, the variance of the sum is the sum of
 * all correlations, the diagonal's among them.
 *
 *     ρ = (var(Σ r/s) − n) / (n (n − 1))
 *
 * @param returns  log returns on joined sessions, one array a name, oldest first; `null` where one is missing. A name without
 *   a return in the window, or one that did not move in it, is left out
 * @param window  sessions; 60 unless given
 * @returns `insufficient` below three quarters of the window (45 of 60), or two names; `warn` (`short-window`) below the window
 * @throws {RangeError} if series differ in length, or a return is not finite
 */
export function averageCorrelation(returns: Panel, window = usualWindow): Measured<AverageCorrelation> {
  const sessions = sessionsOf(returns);
  const n = Math.min(window, sessions);
  const least = Math.ceil(leastShare * window);
  if (n < least) return tooFew(n, least);
  const moves = standardised(
    returns.map((path) => path.slice(-n)),
    n,
  );
  const names = moves.namesAt(n - 1);
  if (names < leastNames) return tooFew(names, leastNames);
  const value: AverageCorrelation = { correlation: moves.correlationAt(n - 1), names };
  return n < window ? warn(value, n, { code: "short-window", need: window, have: n }) : ok(value, n);
}

/**
 * {@link averageCorrelation} of every full window; `null` before the first, and where there are not two names. It takes
 * names × window steps a session, not pairs × window.
 *
 * @throws {RangeError} also if the window is below 2
 */
export function averageCorrelationPath(returns: Panel, window = usualWindow): Path {
  const moves = standardised(returns, window);
  return pathOf(sessionsOf(returns), (t) =>
    moves.namesAt(t) < leastNames ? Number.NaN : moves.correlationAt(t),
  );
}

/** Returns over the standard deviations of the window that ends at a session. */
function standardised(returns: Panel, window: number) {
  const count = returns.length;
  sessionsOf(returns);
  const rows = returns.map(presentOf);
  const inverse = transposed(rows.map((row) => variancesOf(row, window).map(inverseDeviation)));
  // A name without a deviation weighs nothing, but nothing times NaN would be something.
  for (const row of rows) for (let t = 0; t < row.length; t++) if (Number.isNaN(row[t])) row[t] = 0;
  const sums = new Float64Array(window);
  return {
    namesAt(t: number): number {
      let names = 0;
      for (let i = t * count; i < (t + 1) * count; i++) if ((inverse[i] ?? 0) > 0) names++;
      return names;
    },
    correlationAt(t: number): number {
      const scale = inverse.subarray(t * count, (t + 1) * count);
      weightedSumsInto(sums, scale, rows, t + 1 - window);
      const names = this.namesAt(t);
      return Math.min(1, (varianceOf(sums) - names) / (names * (names - 1)));
    },
  };
}

/** 0 where there is none: the name is then left out. */
const inverseDeviation = (variance: number): number => (variance >= noise ? 1 / Math.sqrt(variance) : 0);

/**
 * The weighted sum of each session's values, the first at `from`. Name by name: sums that do not wait for one another take a
 * quarter of the time.
 */
function weightedSumsInto(
  sums: Float64Array,
  weights: Float64Array,
  rows: readonly Float64Array[],
  from: number,
): void {
  sums.fill(0);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    const row = rows[i] ?? sums;
    for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] ?? 0) + weight * (row[from + k] ?? 0);
  }
}

function varianceOf(values: Float64Array): number {
  let [mean, squares] = [0, 0];
  for (let k = 0; k < values.length; k++) mean += (values[k] ?? 0) / values.length;
  for (let k = 0; k < values.length; k++) squares += ((values[k] ?? 0) - mean) ** 2;
  return squares / (values.length - 1);
}
