/** A column of which less than this share is its own is a combination of the columns before it. */
const noise = 1e-13;

/**
 * Sums of squared residuals of `y` on the first 0, 1, … k of the columns, all from one orthogonalisation: what choosing among
 * nested regressions needs, at the price of one of them.
 *
 * Modified Gram–Schmidt with `y` as the last column, which for residuals is as stable as Householder's QR. A column that is
 * a combination of those before it leaves the sum as it was.
 *
 * @param columns  regressors, one array each, as long as `y`
 * @returns one more than there are columns
 * @throws {RangeError} if lengths differ
 * @see Björck (1967), Solving linear least squares problems by Gram–Schmidt orthogonalization, BIT 7
 */
export function nestedSquares(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): readonly number[] {
  if (columns.some((column) => column.length !== y.length))
    throw new RangeError("nestedSquares requires columns as long as y");
  const rest = columns.map((column) => Float64Array.from(column));
  const left = Float64Array.from(y);
  const squares = [dot(left, left)];
  const sizes = rest.map((column) => Math.sqrt(dot(column, column)));
  for (const [j, q] of rest.entries()) {
    if (normalise(q, sizes[j] ?? 0)) for (const other of [...rest.slice(j + 1), left]) clear(other, q);
    squares.push(dot(left, left));
  }
  return squares;
}

/** Brings what is left of a column of that size to length 1; false where nothing but rounding is left. */
function normalise(column: Float64Array, size: number): boolean {
  const length = Math.sqrt(dot(column, column));
  if (length <= noise * size) return false;
  for (let i = 0; i < column.length; i++) column[i] = (column[i] ?? 0) / length;
  return true;
}

/** Takes out of a column its part along `q`. */
function clear(column: Float64Array, q: Float64Array): void {
  const along = dot(column, q);
  for (let i = 0; i < column.length; i++) column[i] = (column[i] ?? 0) - along * (q[i] ?? 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
