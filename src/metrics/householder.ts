/** What is left of `[X y]` after Householder's reflections: `X = QR`. */
export interface Triangle {
  /** `R`, k × k, row by row; 0 below the diagonal. */
  readonly r: readonly Float64Array[];
  /** The first k of `Q'y`. */
  readonly rotated: Float64Array;
}

/**
 * QR decomposition (QR 分解) of a tall matrix by Householder's reflections, column by column.
 *
 * ml-matrix's keeps rows, and its loops run down columns: at 500 × 18 it takes ten times as long.
 *
 * @param columns  of `X`, no fewer rows than columns; left as they are
 * @see Golub and Van Loan, Matrix Computations, 4th ed. (2013), section 5.2
 */
export function householder(columns: readonly Float64Array[], y: Float64Array): Triangle {
  const work = [...columns, y].map((column) => column.slice());
  const diagonal = columns.map((_, j) => reflect(work, j));
  const r = columns.map((_, i) =>
    Float64Array.from(columns, (_, j) => (i === j ? (diagonal[i] ?? 0) : i < j ? (work[j]?.[i] ?? 0) : 0)),
  );
  return { r, rotated: (work[columns.length] ?? y).slice(0, columns.length) };
}

/** Makes column `j` zero below its diagonal, turns the columns after it with it, and returns the diagonal's element. */
function reflect(work: readonly Float64Array[], j: number): number {
  const v = work[j] ?? new Float64Array();
  const length = Math.sqrt(dot(v, v, j));
  if (length === 0) return 0;
  const head = v[j] ?? 0;
  const diagonal = head > 0 ? -length : length;
  v[j] = head - diagonal;
  for (const column of work.slice(j + 1)) {
    const share = dot(v, column, j) / (diagonal * (head - diagonal));
    for (let i = j; i < v.length; i++) column[i] = (column[i] ?? 0) + share * (v[i] ?? 0);
  }
  return diagonal;
}

function dot(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** `x` of `Rx = b`. */
export function backSubstitute(r: readonly Float64Array[], b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(r.length);
  for (let i = r.length - 1; i >= 0; i--) {
    const row = r[i] ?? new Float64Array();
    let rest = b[i] ?? 0;
    for (let j = i + 1; j < r.length; j++) rest -= (row[j] ?? 0) * (x[j] ?? 0);
    x[i] = rest / (row[i] ?? 0);
  }
  return x;
}
