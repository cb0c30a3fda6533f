import { Matrix, QrDecomposition, solve } from "ml-matrix";
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

/** Columns that are this near to a combination of the others, of columns of length 1, say nothing of their own. */
const noise = 1e-13;

/**
 * Ordinary least squares (最小二乘, OLS): `y = Xb + e` with the least `Σe²`, by Householder's QR of columns scaled to
 * length 1, not by the normal equations, which lose half of the digits.
 *
 * @param columns  regressors, one array each; an intercept is a column of ones
 * @param y  as long as each column
 * @returns `insufficient` unless there are more observations than regressors; `undefined` (`collinear`) where one regressor
 *   is a combination of the others
 * @throws {RangeError} if lengths differ or a number is not finite
 * @see NIST StRD, Norris, Longley, Wampler and Filip, in the test
 */
export function leastSquares(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): Measured<LinearFit> {
  const [n, k] = [y.length, columns.length];
  if (columns.some((column) => column.length !== n))
    throw new RangeError("leastSquares requires columns as long as y");
  if (!(y.every(Number.isFinite) && columns.every((column) => column.every(Number.isFinite))))
    throw new RangeError("leastSquares requires finite numbers");
  if (n <= k) return tooFew(n, k + 1);
  const lengths = columns.map((column) => Math.sqrt(sumOfSquares(column)));
  if (lengths.some((length) => length === 0)) return notDefined("collinear", n);
  const x = new Matrix(columns.map((column, j) => column.map((v) => v / (lengths[j] ?? 1)))).transpose();
  const qr = new QrDecomposition(x);
  const r = qr.upperTriangularMatrix;
  if (r.diagonal().some((d) => Math.abs(d) < noise)) return notDefined("collinear", n);
  const scaled = qr.solve(Matrix.columnVector([...y]));
  const fitted = x.mmul(scaled).to1DArray();
  const residuals = y.map((value, i) => value - (fitted[i] ?? Number.NaN));
  const squares = sumOfSquares(residuals);
  const root = solve(r, Matrix.eye(k));
  const unscale = (value: number, ...of: readonly number[]) =>
    of.reduce((v, j) => v / (lengths[j] ?? 1), value);
  const inverse = root
    .mmul(root.transpose())
    .to2DArray()
    .map((row, i) => row.map((value, j) => unscale(value, i, j)));
  return ok(
    {
      coefficients: scaled.to1DArray().map((b, j) => unscale(b, j)),
      residuals,
      errors: inverse.map((row, j) => Math.sqrt((squares / (n - k)) * (row[j] ?? Number.NaN))),
      inverse,
      squares,
    },
    n,
  );
}

const sumOfSquares = (values: readonly number[]): number => values.reduce((sum, v) => sum + v * v, 0);
