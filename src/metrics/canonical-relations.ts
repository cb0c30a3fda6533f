import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { cholesky } from "#src/metrics/cholesky.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";

/** What of changes goes with levels. */
export interface Relations {
  /** Squared canonical correlations, descending, one a series of changes. */
  readonly values: readonly number[];
  /** One a correlation: weights of the levels, in any scale. */
  readonly vectors: readonly (readonly number[])[];
}

/**
 * Canonical correlations (典型相关) of changes with levels, after what other regressors explain of both.
 *
 *     | λ S₁₁ − S₁₀ S₀₀⁻¹ S₀₁ | = 0,   S of residuals on the others
 *
 * @param changes  columns of one length
 * @param levels  as many or more columns, as long
 * @param others  columns as long, or none
 * @returns `null` where columns depend on each other, or are explained entirely
 * @see Anderson, An Introduction to Multivariate Statistical Analysis, 3rd ed. (2003), chapter 12
 */
export function canonicalRelations(
  changes: readonly (readonly number[])[],
  levels: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
): Relations | null {
  const left = (columns: readonly (readonly number[])[]) =>
    columns.flatMap((column) => residualsOf(others, column) ?? []);
  const [r0, r1] = [left(changes), left(levels)];
  return r0.length < changes.length || r1.length < levels.length ? null : canonical(r0, r1);
}

/** Of length 1, that no unit matters; `null` where the others explain it all. */
interface Residuals {
  readonly values: readonly number[];
  readonly length: number;
}

const noise = 1e-12;
/** Of a column of length 1, the least that those before it must leave: below it sums of products have lost what is left. */
const leastRest = 1e-6;

function residualsOf(columns: readonly (readonly number[])[], y: readonly number[]): Residuals | null {
  const left = columns.length === 0 ? y : leastSquares(columns, y).value?.residuals;
  if (left === undefined) return null;
  const lengthOf = (values: readonly number[]) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
  const length = lengthOf(left);
  return length <= noise * lengthOf(y) ? null : { values: left.map((v) => v / length), length };
}

function canonical(changes: readonly Residuals[], levels: readonly Residuals[]): Relations | null {
  const c0 = factorOf(moments(changes, changes));
  const c1 = factorOf(moments(levels, levels));
  if (c0 === null || c1 === null) return null;
  // C₁⁻¹ S₁₀ C₀⁻¹' turned upon itself: symmetric, with the eigenvalues sought.
  const half = c1.mmul(moments(levels, changes)).mmul(c0.transpose());
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(half.mmul(half.transpose()), {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].toSorted(
    (a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0),
  );
  const best = order.slice(0, changes.length);
  const values = best.map((i) => Math.max(0, realEigenvalues[i] ?? 0));
  if (values.some((value) => value >= 1 - noise)) return null;
  const back = c1.transpose().mmul(eigenvectorMatrix);
  const vectors = best.map((i) => levels.map(({ length }, row) => back.get(row, i) / length));
  return { values, vectors };
}

const moments = (a: readonly Residuals[], b: readonly Residuals[]): Matrix =>
  new Matrix(
    a.map((x) => b.map((y) => x.values.reduce((sum, v, t) => sum + v * (y.values[t] ?? Number.NaN), 0))),
  );

/** The inverse of Cholesky's factor; `null` where the columns depend on each other. */
function factorOf(matrix: Matrix): Matrix | null {
  const size = matrix.rows;
  const factor = cholesky(Float64Array.from(matrix.to1DArray()), size);
  if (factor === null) return null;
  if (Array.from({ length: size }, (_, i) => factor[i * (size + 1)] ?? 0).some((d) => d < leastRest))
    return null;
  const inverse = Matrix.zeros(size, size);
  for (let column = 0; column < size; column++)
    for (let row = column; row < size; row++) {
      let rest = row === column ? 1 : 0;
      for (let k = column; k < row; k++) rest -= (factor[row * size + k] ?? 0) * inverse.get(k, column);
      inverse.set(row, column, rest / (factor[row * (size + 1)] ?? 0));
    }
  return inverse;
}
