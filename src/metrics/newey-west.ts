import type { LinearFit } from "#src/metrics/least-squares.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";
import { twoSided } from "#src/metrics/student.ts";

/** Errors of a fitted line that hold where its residuals differ in size and go on from one observation to the next. */
export interface HacErrors {
  /** Of the coefficients, k × k. */
  readonly covariance: readonly (readonly number[])[];
  /** Standard errors, one a regressor. */
  readonly errors: readonly number[];
  /** Coefficients in these errors. */
  readonly t: readonly number[];
  /** Two-sided probabilities of such `t` where the coefficient is 0, by Student's distribution of n − k degrees. */
  readonly p: readonly number[];
  readonly lags: number;
}

type Matrix = readonly (readonly number[])[];

/** Residuals that are this small against `y` are roundings: the line fits exactly, and its errors are unknown. */
const noise = 1e-12;

/**
 * Lags of a HAC covariance (G15): `max(⌊4 (T/100)^(2/9)⌋, h − 1)`, where `h` is the number of periods of which each
 * observation, overlapping those about it, is made; at most T − 1.
 */
export const hacLags = (observations: number, horizon = 1): number =>
  Math.min(Math.max(Math.floor(4 * (observations / 100) ** (2 / 9)), horizon - 1), observations - 1);

/**
 * Newey–West covariance and t (异方差自相关稳健标准误, HAC, A12, G15): Bartlett's weights, no prewhitening.
 *
 *     V = T/(T−k) · (X'X)⁻¹ S (X'X)⁻¹
 *     S = Γ₀ + Σ (1 − l/(L+1)) (Γ_l + Γ_l'),   Γ_l = Σ u[t] u[t−l]',   u[t] = x[t] e[t],   l = 1 … L
 *
 * @param columns  the regressors of the fit
 * @param fit  of `leastSquares`
 * @param lags  L; by {@link hacLags} unless given
 * @returns `undefined` (`perfect-fit`) where the residuals, or a coefficient's error, are nothing but roundings
 * @throws {RangeError} if the columns are not those of the fit, or the lags not an integer from 0 to T − 1
 * @see Newey and West (1987), Econometrica 55(3); with R: `sandwich::NeweyWest(lm, lag = L, prewhite = FALSE, adjust = TRUE)`
 */
export function neweyWest(
  columns: readonly (readonly number[])[],
  fit: LinearFit,
  lags: number = hacLags(fit.residuals.length),
): Measured<HacErrors> {
  const { coefficients, residuals, inverse } = fit;
  const [n, k] = [residuals.length, coefficients.length];
  if (columns.length !== k || columns.some((column) => column.length !== n))
    throw new RangeError("neweyWest requires the columns of the fit");
  if (!(Number.isInteger(lags) && lags >= 0 && lags < n))
    throw new RangeError(`neweyWest requires lags from 0 to ${n - 1}, got ${lags}`);
  if (isExact(columns, fit)) return notDefined("perfect-fit", n);
  const scores = columns.map((column) => scoresOf(column, residuals));
  const long = scores.map((a) => scores.map((b) => longRun(a, b, lags)));
  const covariance = between(inverse, long).map((row) => row.map((v) => (n / (n - k)) * v));
  // A variance may be terms that cancel out: what the roundings of these leave of it is no variance.
  const terms = between(inverse.map(sizes), long.map(sizes));
  if (!covariance.every((row, j) => (row[j] ?? 0) > noise * (terms[j]?.[j] ?? 0)))
    return notDefined("perfect-fit", n);
  const errors = covariance.map((row, j) => Math.sqrt(row[j] ?? 0));
  const t = coefficients.map((b, j) => b / (errors[j] ?? 1));
  return ok({ covariance, errors, t, p: t.map((each) => twoSided(each, n - k)), lags }, n);
}

/** Whether the residuals of a fit are nothing but roundings of what it adds up. */
export function isExact(
  columns: readonly (readonly number[])[],
  { coefficients, squares }: LinearFit,
): boolean {
  const added = columns.reduce((sum, column, j) => {
    const b = coefficients[j] ?? 0;
    return sum + column.reduce((s, x) => s + (b * x) ** 2, 0);
  }, 0);
  return squares <= noise ** 2 * added;
}

function scoresOf(column: readonly number[], residuals: readonly number[]): Float64Array {
  const scores = new Float64Array(column.length);
  for (let t = 0; t < scores.length; t++) scores[t] = (column[t] ?? 0) * (residuals[t] ?? 0);
  return scores;
}

/** An element of S: the two series' products at every lag and its negative, less as the lag grows. */
function longRun(a: Float64Array, b: Float64Array, lags: number): number {
  let sum = laggedProduct(a, b, 0);
  for (let lag = 1; lag <= lags; lag++)
    sum += (1 - lag / (lags + 1)) * (laggedProduct(a, b, lag) + laggedProduct(b, a, lag));
  return sum;
}

function laggedProduct(a: Float64Array, b: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < a.length; t++) sum += (a[t] ?? 0) * (b[t - lag] ?? 0);
  return sum;
}

/** A S A. */
const between = (a: Matrix, s: Matrix): Matrix => times(times(a, s), a);

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b.map((_, j) => row.reduce((sum, v, i) => sum + v * (b[i]?.[j] ?? 0), 0)));

const sizes = (row: readonly number[]): readonly number[] => row.map(Math.abs);
