import { backSubstitute, householder } from "#src/metrics/householder.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** A line fitted to data, and what its standard errors are made from. */
export interface LinearFit {
  /** One a regressor, in the order given. */
  readonly coefficients: readonly number[];
  /** `y − Xb`, one an observation. */
  readonly residuals: readonly number[];
  /** Classical standard errors, of `Σe² / (n − k) · (X'X)⁻¹`. */
  readonly errors: readonly number[];
  /** `(X'X)⁻¹`, k × k. */
  readonly inverse: readonly (readonly number[])[];
  /** `Σe²`. */
  readonly squares: number;
}

/** Columns of length 1 that are this near to having a combination of length 0 say nothing each of its own. */
const noise = 1e-13;

/**
 * Ordinary least squares (最小二乘, OLS): `y = Xb + e` with the least `Σe²`, by Householder's QR of columns scaled to
 * length 1, not by the normal equations, which lose half of the digits.
 *
 * @param columns  regressors, one array each; an intercept is a column of ones
 * @param y  as long as each column
 * @returns `insufficient` unless there are more observations than regressors; `undefined` (`collinear`) where one regressor
 *   is a combination of the others
 * @throws {RangeError} without a regressor, if lengths differ, a number is not finite, or a sum of squares is not one that
 *   a double can hold
 * @see NIST StRD, Norris, Longley, Wampler and Filip, in the test
 */
export function leastSquares(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): Measured<LinearFit> {
  const [n, k] = [y.length, columns.length];
  requireRegressors(columns, y);
  if (n <= k) return tooFew(n, k + 1);
  const lengths = columns.map(lengthOf);
  if (lengths.some((length) => length === 0)) return notDefined("collinear", n);
  const x = columns.map((column, j) => dividedBy(column, lengths[j] ?? 1));
  const { r, rotated } = householder(x, Float64Array.from(y));
  const root = inverseOf(r);
  if (root === null) return notDefined("collinear", n);
  const scaled = backSubstitute(r, rotated);
  const residuals = residualsOf(x, scaled, y);
  const squares = residuals.reduce((sum, e) => sum + e * e, 0);
  const inverse = lengths.map((a, i) => lengths.map((b, j) => product(root, i, j) / a / b));
  const errors = inverse.map((row, j) => Math.sqrt((squares / (n - k)) * (row[j] ?? 0)));
  const coefficients = lengths.map((length, j) => (scaled[j] ?? 0) / length);
  if (![...errors, ...coefficients].every(Number.isFinite))
    throw new RangeError("leastSquares requires numbers whose squares a double can hold");
  return ok({ coefficients, residuals, errors, inverse, squares }, n);
}

function requireRegressors(columns: readonly (readonly number[])[], y: readonly number[]): void {
  if (columns.length === 0) throw new RangeError("leastSquares requires a regressor");
  if (columns.some((column) => column.length !== y.length))
    throw new RangeError("leastSquares requires columns as long as y");
  if (!(y.every(Number.isFinite) && columns.every((column) => column.every(Number.isFinite))))
    throw new RangeError("leastSquares requires finite numbers");
}

/** Of a column, by its largest element, so that no square is too large or too small for a double. */
function lengthOf(column: readonly number[]): number {
  const largest = column.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return largest === 0 ? 0 : largest * Math.sqrt(column.reduce((sum, v) => sum + (v / largest) ** 2, 0));
}

/** As a typed array, by a loop: `Float64Array.from` with a function takes twenty times as long. */
function dividedBy(column: readonly number[], length: number): Float64Array {
  const scaled = new Float64Array(column.length);
  for (let i = 0; i < scaled.length; i++) scaled[i] = (column[i] ?? 0) / length;
  return scaled;
}

/**
 * The columns of `R⁻¹`, or `null` where there is none but noise. Its size, not the smallest element of R's diagonal, tells:
 * without pivoting the dependence of many columns may show on none of them.
 */
function inverseOf(r: readonly Float64Array[]): readonly Float64Array[] | null {
  if (r.some((row, j) => Math.abs(row[j] ?? 0) < noise)) return null;
  const root = r.map((_, j) =>
    backSubstitute(
      r,
      r.map((_, i) => (i === j ? 1 : 0)),
    ),
  );
  const size = Math.sqrt(root.reduce((sum, column) => sum + column.reduce((s, v) => s + v * v, 0), 0));
  return size < 1 / noise ? root : null;
}

/** An element of `R⁻¹ · R⁻¹'`. */
const product = (root: readonly Float64Array[], i: number, j: number): number =>
  root.reduce((sum, column) => sum + (column[i] ?? 0) * (column[j] ?? 0), 0);

function residualsOf(x: readonly Float64Array[], b: Float64Array, y: readonly number[]): readonly number[] {
  const fitted = new Float64Array(y.length);
  for (const [j, column] of x.entries())
    for (let i = 0; i < fitted.length; i++) fitted[i] = (fitted[i] ?? 0) + (b[j] ?? 0) * (column[i] ?? 0);
  return y.map((value, i) => value - (fitted[i] ?? 0));
}
