import { householder } from "#src/metrics/householder.ts";

/**
 * Sums of squared residuals of `y` on the first 0, 1, … k of the columns, all from one decomposition: what choosing among
 * nested regressions needs, at the price of one of them.
 *
 * With `y` as the last column, the last column of `R` holds what each column explains of it, and what is left.
 *
 * @param columns  independent regressors, one array each, as long as `y` and longer than there are columns
 * @returns one more than there are columns
 * @throws {RangeError} if lengths differ, or there are no more observations than columns
 */
export function nestedSquares(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): readonly number[] {
  if (columns.some((column) => column.length !== y.length))
    throw new RangeError("nestedSquares requires columns as long as y");
  if (y.length <= columns.length)
    throw new RangeError("nestedSquares requires more observations than columns");
  const all = [...columns, y].map((column) => Float64Array.from(column));
  const { r } = householder(all, new Float64Array(y.length));
  let sum = 0;
  return r
    .map((row) => (row[columns.length] ?? Number.NaN) ** 2)
    .toReversed()
    .map((square) => {
      sum += square;
      return sum;
    })
    .toReversed();
}
