import { blockLength } from "#src/metrics/block-length.ts";
import { correlationOf, correlationPath, finitePair, spearman } from "#src/metrics/correlation.ts";
import { isPerfect, pairsError } from "#src/metrics/correlation-error.ts";
import {
  type CorrelationDifference,
  type CorrelationEstimate,
  correlationDifference,
  correlationInterval,
  fisherError,
} from "#src/metrics/fisher-z.ts";
import { ljungBox } from "#src/metrics/ljung-box.ts";
import { meanOf, varianceOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";
import { usualReplicates, usualSeed } from "#src/metrics/stationary-bootstrap.ts";

/** The two windows, and how pairs are drawn anew where they depend on one another. */
export interface FlipOptions {
  /** Returns in the recent window and the fewest that serve; 60 and 45 unless given. */
  readonly recent?: number;
  readonly leastRecent?: number;
  /** Returns in the window before it and the fewest that serve; 250 and 120 unless given. */
  readonly prior?: number;
  readonly leastPrior?: number;
  readonly replicates?: number;
  readonly seed?: number;
}

/** One window's correlation, its 95 % interval, and Spearman's beside it. */
export interface WindowCorrelation extends CorrelationEstimate {
  readonly spearman: number;
  readonly n: number;
}

/** A correlation now against the one before. */
export interface CorrelationFlip extends CorrelationDifference {
  readonly recent: WindowCorrelation;
  readonly prior: WindowCorrelation;
  /** Where standard errors come from: the formula, or for dependent pairs the bootstrap. */
  readonly errors: "formula" | "bootstrap";
  /** p of the Ljung-Box test of the returns' products within the windows. */
  readonly dependence: number;
  /** The recent correlation as if the first series were as volatile as before. */
  readonly adjusted: number;
  /** For how many returns the rolling correlation has had its present sign. */
  readonly persisted: number;
}

/** Daily windows, and those of weekly returns. */
export const flipWindows = {
  daily: { recent: 60, leastRecent: 45, prior: 250, leastPrior: 120 },
  weekly: { recent: 26, leastRecent: 20, prior: 104, leastPrior: 52 },
} as const;

const dependenceLevel = 0.05;

/**
 * Correlation flip (相关性翻转, D10): whether two series move together otherwise than they did, by Fisher's test on two windows
 * that do not overlap.
 *
 * Where the products of the returns, less their mean in each window, are autocorrelated (Ljung-Box, 5 lags, 5 %), the standard
 * errors, and with them the intervals and the test, come from a stationary bootstrap of pairs. (With one mean for both windows
 * the flip itself would look like dependence.) `adjusted` removes what a livelier first series does to
 * a correlation (Forbes and Rigobon): `r / √(1 + δ(1 − r²))`, with δ the relative increase of its variance.
 *
 * @param x  log returns on joined sessions, oldest first; the series whose volatility is thought to have changed
 * @param y  those of the other
 * @returns `insufficient` below 45 + 120 returns; `warn` (`short-window`) below 60 + 250; `undefined` (`zero-variance`) where one
 *   does not move in a window, (`perfect-correlation`) where both move as one, (`lost-replicates`)
 * @throws {RangeError} if lengths differ or a number is not finite
 * @see Fisher (1921), Metron 1; Forbes and Rigobon (2002), No Contagion, Only Interdependence, Journal of Finance 57(5); Boyer,
 *   Gibson and Loretan (1999), Pitfalls in Tests for Changes in Correlations
 */
export function correlationFlip(
  x: readonly number[],
  y: readonly number[],
  options: FlipOptions = {},
): Measured<CorrelationFlip> {
  const { recent, leastRecent, prior, leastPrior, ...drawing } = { ...usual, ...options };
  finitePair(x, y);
  const [total, least, wanted] = [x.length, leastRecent + leastPrior, recent + prior];
  if (total < least) return tooFew(total, least);
  const last = Math.min(recent, total - leastPrior);
  const n = Math.min(wanted, total);
  const [before, now] = [
    { x: x.slice(-n, -last), y: y.slice(-n, -last) },
    { x: x.slice(-last), y: y.slice(-last) },
  ];
  const dependence = ljungBox([...productsOf(before), ...productsOf(now)]).value?.pValue ?? 1;
  const error = dependence < dependenceLevel ? bootstrapError(drawing) : formulaError;
  const [earlier, later] = [estimate(before, error), estimate(now, error)];
  if (earlier.value === null) return earlier;
  if (later.value === null) return later;
  const value: CorrelationFlip = {
    ...correlationDifference(later.value, earlier.value),
    recent: later.value,
    prior: earlier.value,
    errors: error === formulaError ? "formula" : "bootstrap",
    dependence,
    adjusted: forbesRigobon(later.value.correlation, varianceOf(now.x) / varianceOf(before.x) - 1),
    persisted: persistence(correlationPath(x, y, last), later.value.correlation),
  };
  return n < wanted ? warn(value, n, { code: "short-window", need: wanted, have: n }) : ok(value, n);
}

const usual = { ...flipWindows.daily, replicates: usualReplicates, seed: usualSeed };

/**
 * Correlation as if the conditioning series were no more volatile than before (Forbes-Rigobon 调整).
 *
 * @param delta  relative increase of its variance, above −1
 */
export const forbesRigobon = (correlation: number, delta: number): number =>
  correlation / Math.sqrt(1 + delta * (1 - correlation ** 2));

interface Pairs {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Products of the returns less their mean: what they average to is the covariance, and its change no dependence. */
function productsOf({ x, y }: Pairs): readonly number[] {
  const products = x.map((v, t) => v * (y[t] ?? 0));
  const mean = meanOf(products);
  return products.map((v) => v - mean);
}

/** Standard error of `atanh r`. */
type ErrorOf = (pairs: Pairs) => number | null;

function estimate(pairs: Pairs, errorOf: ErrorOf): Measured<WindowCorrelation> {
  const n = pairs.x.length;
  const correlation = correlationOf(Float64Array.from(pairs.x), Float64Array.from(pairs.y));
  const ranks = spearman(pairs.x, pairs.y);
  if (Number.isNaN(correlation) || ranks.value === null) return notDefined("zero-variance", n);
  if (isPerfect(correlation)) return notDefined("perfect-correlation", n);
  const error = errorOf(pairs);
  if (error === null) return notDefined("lost-replicates", n);
  return ok({ ...correlationInterval(correlation, error), spearman: ranks.value, n }, n);
}

const formulaError: ErrorOf = ({ x }) => fisherError(x.length);

const bootstrapError =
  (drawing: { readonly replicates: number; readonly seed: number }): ErrorOf =>
  ({ x, y }) =>
    pairsError(x, y, { ...drawing, block: blockLength(productsOf({ x, y })).value ?? 1 });

/** How many elements at the end have the sign of the last. */
function persistence(path: readonly (number | null)[], last: number): number {
  const other = path.findLastIndex((r) => r === null || r * last <= 0);
  return path.length - 1 - other;
}
