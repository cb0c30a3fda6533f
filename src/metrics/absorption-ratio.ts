import { bySession, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";
import { rollingMean, rollingVariance } from "#src/metrics/rolling.ts";
import { slidingCovariance } from "#src/metrics/sliding-covariance.ts";
import { symmetricEigenvalues } from "#src/metrics/symmetric-eigenvalues.ts";

/** How the covariance of an absorption ratio is measured. */
export interface AbsorptionOptions {
  /** Sessions; 500 unless given. */
  readonly window?: number;
  /** Sessions after which a return counts half; 250 unless given, `Infinity` for returns that count alike. */
  readonly halfLife?: number;
  /** The first session that a path is wanted from, 0 unless given: the elements before it are left `null`. */
  readonly from?: number;
}

/** How much of the names' variance a few common directions take up. */
export interface AbsorptionRatio {
  /** components/names to 1. */
  readonly ratio: number;
  /** A fifth of the names, a half rounded up. */
  readonly components: number;
  readonly names: number;
}

const usual = { window: 500, halfLife: 250, from: 0 };
const leastNames = 10;
const [fortnight, year] = [15, 252];
const noise = 1e-24;

/**
 * Absorption ratio (吸收比率, D7): the share of the names' variance that the m strongest eigenvectors take up.
 *
 *     AR = Σ_{k ≤ m} λ_k / Σ λ_k,   m = N/5 rounded half up
 *
 * The eigenvalues are those of the covariance of the last 500 sessions, weighted by a half-life of 250, its weighted mean
 * removed.
 *
 * @param returns  log returns on joined sessions, one array a name, oldest first; the same names throughout
 * @returns `insufficient` below 10 names or two sessions a name; `warn` (`short-window`) below the window; `undefined`
 *   (`zero-variance`) where no name moves
 * @throws {RangeError} if series differ in length, a return is not finite, the window is below 2 or the half-life not positive
 * @see Kritzman, Li, Page and Rigobon (2011), Principal Components as a Measure of Systemic Risk, Journal of Portfolio
 *   Management 37(4)
 */
export function absorptionRatio(
  returns: readonly (readonly number[])[],
  { window = usual.window, halfLife = usual.halfLife }: AbsorptionOptions = {},
): Measured<AbsorptionRatio> {
  const [names, sessions] = [returns.length, sessionsOf(returns)];
  if (names < leastNames) return tooFew(names, leastNames);
  const n = Math.min(window, sessions);
  if (n < 2 * names) return tooFew(n, 2 * names);
  const ratio = ratiosOf(returns, { window: n, halfLife, from: sessions - 1 }).at(-1) ?? null;
  if (ratio === null) return notDefined("zero-variance", n);
  const value: AbsorptionRatio = { ratio, components: componentsOf(names), names };
  return n < window ? warn(value, n, { code: "short-window", need: window, have: n }) : ok(value, n);
}

/**
 * {@link absorptionRatio} of every full window; all `null` for fewer than 10 names, or more than half the window. A session
 * takes N² steps for the covariance, which slides along, and 4/3 N³ for the eigenvalues.
 */
export function absorptionRatioPath(
  returns: readonly (readonly number[])[],
  { window = usual.window, halfLife = usual.halfLife, from = usual.from }: AbsorptionOptions = {},
): Path {
  const names = returns.length;
  if (names < leastNames || 2 * names > window) return pathOf(sessionsOf(returns), () => Number.NaN);
  return ratiosOf(returns, { window, halfLife, from });
}

/**
 * Standardised shift (标准化变动, D7) of an absorption ratio at every session: whether it has lately been above its year.
 *
 *     (mean of 15 sessions − mean of 252) / standard deviation of 252
 *
 * @param ratios  a path of {@link absorptionRatioPath}
 * @returns `null` without 252 ratios, or where they do not move
 */
export function absorptionShiftPath(ratios: Path): Path {
  const [lately, usually] = [rollingMean(ratios, fortnight), rollingMean(ratios, year)];
  return rollingVariance(ratios, year).map((variance, t) => {
    const [now = null, before = null] = [lately[t], usually[t]];
    if (variance === null || variance < noise || now === null || before === null) return null;
    return (now - before) / Math.sqrt(variance);
  });
}

/**
 * Share of the variance that the strongest eigenvectors of a covariance take up; NaN where there is none.
 *
 * @param covariance  size × size numbers, row by row; the upper triangle is not read
 */
export function absorbedShare(covariance: Float64Array, size: number, components: number): number {
  const values = symmetricEigenvalues(covariance, size);
  let [strongest, all] = [0, 0];
  for (let k = size - 1; k >= 0; k--) {
    all += Math.max(0, values[k] ?? 0);
    if (k === size - components) strongest = all;
  }
  return all > 0 ? strongest / all : Number.NaN;
}

const componentsOf = (names: number): number => Math.floor(names / 5 + 0.5);

function ratiosOf(returns: readonly (readonly number[])[], options: Required<AbsorptionOptions>): Path {
  const { window, halfLife, from } = options;
  if (!(Number.isInteger(window) && window >= 2 && halfLife > 0))
    throw new RangeError("an absorption ratio requires a window of 2 or more and a positive half-life");
  const [names, sessions] = [returns.length, sessionsOf(returns)];
  // Less the first return of each, so that the variance of a name that does not move is exactly 0.
  const flat = bySession(returns).map((r, k) => r - (returns[k % names]?.[0] ?? 0));
  const row = (t: number): Float64Array => flat.subarray(t * names, (t + 1) * names);
  const moments = slidingCovariance(names, window, 2 ** (-1 / halfLife));
  return pathOf(sessions, (t) => {
    moments.add(row(t));
    if (t + 1 < window || t < from) return Number.NaN;
    return absorbedShare(moments.covariance(), names, componentsOf(names));
  });
}
