/**
 * Cholesky's factor `L` of a matrix, `L L' = A`, row by row.
 *
 * @param matrix  size × size numbers; the upper triangle is not read
 * @returns `null` for a matrix that is not positive definite
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j <= i; j++) {
      const other = j * size;
      const rest = (matrix[row + j] ?? 0) - product(factor, row, other, j);
      if (j < i) factor[row + j] = rest / (factor[other + j] ?? 0);
      else if (rest > 0) factor[row + i] = Math.sqrt(rest);
      else return null;
    }
  }
  return factor;
}

/** Of the first `count` elements of two rows, by where they begin. */
function product(matrix: Float64Array, row: number, other: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (matrix[row + k] ?? 0) * (matrix[other + k] ?? 0);
  return sum;
}

/**
 * Squared Mahalanobis length (马氏距离) of a vector, `y' A⁻¹ y`, by the factor of `A`.
 *
 * @param factor  of {@link cholesky}
 */
export function mahalanobis(factor: Float64Array, y: Float64Array): number {
  const size = y.length;
  const solved = new Float64Array(size);
  let length = 0;
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let rest = y[i] ?? 0;
    for (let k = 0; k < i; k++) rest -= (factor[row + k] ?? 0) * (solved[k] ?? 0);
    rest /= factor[row + i] ?? 0;
    solved[i] = rest;
    length += rest * rest;
  }
  return length;
}

/** Trace of `A⁻¹`, by the factor of `A`: the squares of all elements of `L⁻¹`, column by column. */
export function inverseTrace(factor: Float64Array, size: number): number {
  let trace = 0;
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    column[j] = 1 / (factor[j * (size + 1)] ?? 0);
    for (let i = j + 1; i < size; i++) {
      const row = i * size;
      let rest = 0;
      for (let k = j; k < i; k++) rest -= (factor[row + k] ?? 0) * (column[k] ?? 0);
      column[i] = rest / (factor[row + i] ?? 0);
    }
    for (let i = j; i < size; i++) trace += (column[i] ?? 0) ** 2;
  }
  return trace;
}
