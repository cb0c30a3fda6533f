import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { meanOf } from "#src/metrics/mean.ts";
import { type Path, pathOf, presentOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { meansOf, variancesOf } from "#src/metrics/rolling.ts";

/** How the variance of returns over q sessions compares with q times that of one. */
export interface VarianceRatio {
  readonly q: number;
  /** 1 for a random walk; above it moves go on, below it they turn back. */
  readonly ratio: number;
  /** Robust against changing variances. */
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** Variance ratios at several horizons, and a test of all. */
export interface VarianceRatioTest {
  readonly ratios: readonly VarianceRatio[];
  /** The largest |z|, and how likely one so large is among as many. */
  readonly largest: number;
  readonly pValue: number;
}

const horizons: readonly number[] = [2, 5, 10];
const leastReturns = 252;
const noise = 1e-24;

/**
 * Variance ratio (方差比, Q2) of Lo and MacKinlay: overlapping, without bias, with a z that holds where variances change.
 *
 *     VR(q) = s²_q / s²_1,   s²_q = Σ (x[t] − x[t−q] − q μ)² / m,   m = q (n − q + 1)(1 − q/n)
 *     z = (VR − 1) / √θ,   θ = Σ_{j<q} (2 (q − j)/q)² δ_j,   δ_j = Σ e²[t] e²[t−j] / (Σ e²)²
 *
 * @param returns  log returns, oldest first
 * @param q  sessions, 2 or more
 * @returns `insufficient` below 252 returns, `undefined` (`zero-variance`) where they do not move
 * @throws {RangeError} if a return is not finite, or q is not an integer from 2 to half the returns
 * @see Lo and MacKinlay (1988), Stock market prices do not follow random walks, Review of Financial Studies 1(1)
 */
export function varianceRatio(returns: readonly number[], q: number): Measured<VarianceRatio> {
  const n = returns.length;
  if (!returns.every(Number.isFinite)) throw new RangeError("a variance ratio requires finite returns");
  if (n < leastReturns) return tooFew(n, leastReturns);
  if (!(Number.isInteger(q) && q >= 2 && q <= n / 2))
    throw new RangeError(`a variance ratio requires 2 to ${Math.floor(n / 2)} sessions, got ${q}`);
  const mean = meanOf(returns);
  const about = returns.map((r) => r - mean);
  const squares = about.reduce((sum, e) => sum + e * e, 0);
  if (squares / n <= noise) return notDefined("zero-variance", n);
  const ratio = (squaredSums(about, q) / multiple(n, q)) * ((n - 1) / squares);
  const z = (ratio - 1) / Math.sqrt(asymptoticVariance(about, squares, q));
  return ok({ q, ratio, z, pValue: 2 * normalCdf(-Math.abs(z), 0, 1) }, n);
}

/**
 * Variance ratios at 2, 5 and 10 sessions, or others, and the joint test of Chow and Denning that all are 1.
 *
 *     p = 1 − (2 Φ(max |z|) − 1)^k
 *
 * Cases and errors are those of {@link varianceRatio}.
 *
 * @see Chow and Denning (1993), A simple multiple variance ratio test, Journal of Econometrics 58(3)
 */
export function varianceRatioTest(
  returns: readonly number[],
  of: readonly number[] = horizons,
): Measured<VarianceRatioTest> {
  const ratios: VarianceRatio[] = [];
  for (const q of of) {
    const each = varianceRatio(returns, q);
    if (each.value === null) return each;
    ratios.push(each.value);
  }
  const largest = Math.max(...ratios.map(({ z }) => Math.abs(z)));
  const pValue = -Math.expm1(ratios.length * Math.log1p(-2 * normalCdf(-largest, 0, 1)));
  return ok({ ratios, largest, pValue }, returns.length);
}

/**
 * The ratio of {@link varianceRatio} of every full window in one pass, `null` where there is none. Each element uses nothing
 * after it.
 *
 * @param returns  `null` where one is missing
 * @param window  returns; 252 unless given
 * @throws {RangeError} if a return is not finite, or q is not an integer from 1 to half the window
 */
export function varianceRatioPath(returns: Path, q: number, window: number = leastReturns): Path {
  if (!(Number.isInteger(q) && q >= 1 && q <= window / 2))
    throw new RangeError(`a variance ratio requires 1 to ${Math.floor(window / 2)} sessions, got ${q}`);
  const count = window - q + 1;
  const numbers = presentOf(returns);
  const long = meansOf(numbers, q);
  for (let t = 0; t < long.length; t++) long[t] = (long[t] ?? 0) * q;
  const [means, variances] = [meansOf(numbers, window), variancesOf(numbers, window)];
  const [longMeans, longVariances] = [meansOf(long, count), variancesOf(long, count)];
  return pathOf(returns.length, (t) => {
    const variance = variances[t] ?? 0;
    if (!(variance > noise)) return Number.NaN;
    const shift = (longMeans[t] ?? 0) - q * (means[t] ?? 0);
    const squares = (count - 1) * (longVariances[t] ?? 0) + count * shift ** 2;
    return squares / multiple(window, q) / variance;
  });
}

/** What the sum of squares is divided by, so that it is without bias. */
const multiple = (n: number, q: number): number => q * (n - q + 1) * (1 - q / n);

/** Squares of all sums of q that follow one another. */
function squaredSums(about: readonly number[], q: number): number {
  let total = 0;
  for (let t = q - 1; t < about.length; t++) {
    let sum = 0;
    for (let j = 0; j < q; j++) sum += about[t - j] ?? 0;
    total += sum * sum;
  }
  return total;
}

function asymptoticVariance(about: readonly number[], squares: number, q: number): number {
  let theta = 0;
  for (let j = 1; j < q; j++) {
    let products = 0;
    for (let t = j; t < about.length; t++) products += ((about[t] ?? 0) * (about[t - j] ?? 0)) ** 2;
    theta += ((2 * (q - j)) / q) ** 2 * (products / squares ** 2);
  }
  return theta;
}
