import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";

const leastObservations = 10;
/** Correlations below `2 √(log₁₀ n / n)` are negligible. */
const band = 2;
/** A deviation below this share of the values' size is rounding. */
const noise = 1e-12;

/**
 * Mean block length of the stationary bootstrap (区块长度, A13, G16), chosen by the data.
 *
 *     b = ( 2G² / D )^(1/3) n^(1/3),   D = 2 g²
 *     g = Σ λ(k/M) R(k),   G = Σ λ(k/M) |k| R(k),   k = −M … M;   λ(s) = min(1, 2(1 − |s|))
 *
 * R are autocovariances; M is twice the first lag from which `K = max(5, ⌊log₁₀ n⌋)` autocorrelations in a row are negligible,
 * at most `⌈√n⌉ + K`. (So do the authors' program and arch; the paper's text counts to the lag before it.) The length is at least 1 and
 * at most {@link longestBlock}.
 *
 * @returns `insufficient` below 10 values; `warn` (`fallback-block`) with `⌈n^(1/3)⌉` below 21, of which lags up to `⌈√n⌉ + K`
 *   are half, and where the formula gives no number, as of values that do not move
 * @throws {RangeError} if a value is not finite
 * @see Politis and White (2004), Econometric Reviews 23(1); Patton, Politis and White (2009), Econometric Reviews 28(4)
 */
export function blockLength(values: readonly number[]): Measured<number> {
  const n = values.length;
  if (!values.every(Number.isFinite)) throw new RangeError("blockLength requires finite numbers");
  if (n < leastObservations) return tooFew(n, leastObservations);
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const most = Math.ceil(Math.sqrt(n)) + run;
  if (2 * most >= n) return fallback(n);
  const covariances = autocovariances(values, most);
  const length = formula(covariances, bandwidth(covariances, n, run), n);
  const moves = Math.sqrt(covariances[0] ?? 0) > noise * Math.max(1, Math.abs(values[0] ?? 0));
  return moves && !Number.isNaN(length) ? ok(Math.min(Math.max(1, length), longestBlock(n)), n) : fallback(n);
}

const fallback = (n: number) => warn(Math.ceil(Math.cbrt(n)), n, { code: "fallback-block" });

/** `⌈min(3√n, n/3)⌉`: longer blocks leave too few of them. */
export const longestBlock = (n: number): number => Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));

/** At lags 0 to `most`, divided by n at each. */
function autocovariances(values: readonly number[], most: number): Float64Array {
  const n = values.length;
  const mean = meanOf(values);
  const about = Float64Array.from(values);
  for (let t = 0; t < n; t++) about[t] = (about[t] ?? 0) - mean;
  const covariances = new Float64Array(most + 1);
  for (let lag = 0; lag <= most; lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (about[t] ?? 0) * (about[t - lag] ?? 0);
    covariances[lag] = sum / n;
  }
  return covariances;
}

/** M. */
function bandwidth(covariances: Float64Array, n: number, run: number): number {
  const most = covariances.length - 1;
  const negligible = band * Math.sqrt(Math.log10(n) / n) * (covariances[0] ?? 0);
  let quiet = 0;
  for (let lag = 1; lag <= most; lag++) {
    quiet = Math.abs(covariances[lag] ?? 0) < negligible ? quiet + 1 : 0;
    if (quiet === run) return Math.min(2 * (lag - run + 1), most);
  }
  return most;
}

function formula(covariances: Float64Array, m: number, n: number): number {
  let [g, weighted] = [covariances[0] ?? 0, 0];
  for (let k = 1; k <= m; k++) {
    const both = 2 * Math.min(1, 2 * (1 - k / m)) * (covariances[k] ?? 0);
    g += both;
    weighted += k * both;
  }
  return Math.cbrt(((2 * weighted ** 2) / (2 * g ** 2)) * n);
}
