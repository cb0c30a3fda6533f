/** A matrix whose only elements are on the diagonal and beside it: `beside[i]` between `diagonal[i]` and `diagonal[i + 1]`. */
interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
}

/** Rounds of QL that one eigenvalue may take; two are usual. */
const mostRounds = 60;

/**
 * Eigenvalues of a symmetric matrix, ascending, without the vectors: Householder's reduction to a tridiagonal matrix, then QL
 * with implicit shifts. It takes a small part of the time of a full decomposition, and a path needs one a day.
 *
 * @param matrix  size × size numbers, row by row; the upper triangle is not read
 * @throws {RangeError} if there are not that many numbers, or no eigenvalues are found, as where one is not finite
 * @see Wilkinson and Reinsch (1971), Handbook for Automatic Computation II, contributions II/2 and II/3
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  if (matrix.length !== size * size)
    throw new RangeError(`symmetricEigenvalues requires ${size} × ${size} numbers, got ${matrix.length}`);
  const reduced = tridiagonal(matrix.slice(), size);
  for (let from = 0; from < size; from++) splitOff(reduced, from);
  return reduced.diagonal.sort();
}

/** Turns the rows one by one, from the last, so that of each only its element beside the diagonal remains. */
function tridiagonal(a: Float64Array, size: number): Tridiagonal {
  const beside = new Float64Array(size);
  const turned = new Float64Array(size);
  for (let row = size - 1; row > 0; row--) {
    const v = a.subarray(row * size, row * size + row);
    const last = v[row - 1] ?? 0;
    const rest = dot(v, v, row - 1);
    const length = Math.sqrt(rest + last * last) * (last < 0 ? -1 : 1);
    beside[row - 1] = rest === 0 ? last : -length;
    if (rest === 0) continue;
    v[row - 1] = last + length;
    reflect(a, size, v, turned, length * (last + length));
  }
  return { diagonal: beside.map((_, i) => a[i * size + i] ?? 0), beside };
}

/** `a ← H a H` with `H = I − v v' / half`, of the leading elements that `v` has, in the lower triangle. */
function reflect(a: Float64Array, size: number, v: Float64Array, turned: Float64Array, half: number): void {
  const count = v.length;
  multiply(a, size, v, turned);
  const along = dot(v, turned, count) / (2 * half);
  for (let i = 0; i < count; i++) turned[i] = ((turned[i] ?? 0) - along * (v[i] ?? 0)) / half;
  for (let i = 0; i < count; i++) {
    const row = i * size;
    const vi = v[i] ?? 0;
    const wi = turned[i] ?? 0;
    for (let j = 0; j <= i; j++) a[row + j] = (a[row + j] ?? 0) - vi * (turned[j] ?? 0) - wi * (v[j] ?? 0);
  }
}

/** `product ← a v`, of the leading elements, from the lower triangle. */
function multiply(a: Float64Array, size: number, v: Float64Array, product: Float64Array): void {
  product.fill(0, 0, v.length);
  for (let i = 0; i < v.length; i++) {
    const row = i * size;
    const vi = v[i] ?? 0;
    let sum = (a[row + i] ?? 0) * vi;
    for (let j = 0; j < i; j++) {
      const element = a[row + j] ?? 0;
      sum += element * (v[j] ?? 0);
      product[j] = (product[j] ?? 0) + element * vi;
    }
    product[i] = (product[i] ?? 0) + sum;
  }
}

function dot(x: Float64Array, y: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (x[i] ?? 0) * (y[i] ?? 0);
  return sum;
}

/** Makes `diagonal[from]` an eigenvalue. */
function splitOff(matrix: Tridiagonal, from: number): void {
  for (let round = 0; round < mostRounds; round++) {
    const to = endOfBlock(matrix, from);
    if (to === from) return;
    sweep(matrix, from, to);
  }
  throw new RangeError("symmetricEigenvalues did not converge");
}

/** The last element that hangs together with `from`. */
function endOfBlock({ diagonal, beside }: Tridiagonal, from: number): number {
  let to = from;
  while (to < diagonal.length - 1) {
    const size = Math.abs(diagonal[to] ?? 0) + Math.abs(diagonal[to + 1] ?? 0);
    if (Math.abs(beside[to] ?? 0) <= Number.EPSILON * size) break;
    to++;
  }
  return to;
}

/** One QL step of the block with an implicit shift by the eigenvalue of its first two elements. No arrays in it: it is hot. */
function sweep({ diagonal, beside }: Tridiagonal, from: number, to: number): void {
  const first = diagonal[from] ?? 0;
  let g = (diagonal[to] ?? 0) - first + shift(first, diagonal[from + 1] ?? 0, beside[from] ?? 0);
  let sine = 1;
  let cosine = 1;
  let moved = 0;
  for (let i = to - 1; i >= from; i--) {
    const f = sine * (beside[i] ?? 0);
    const b = cosine * (beside[i] ?? 0);
    const length = Math.sqrt(f * f + g * g);
    beside[i + 1] = length;
    const next = (diagonal[i + 1] ?? 0) - moved;
    if (length === 0) {
      diagonal[i + 1] = next;
      beside[to] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    const turned = ((diagonal[i] ?? 0) - next) * sine + 2 * cosine * b;
    moved = sine * turned;
    diagonal[i + 1] = next + moved;
    g = cosine * turned - b;
  }
  diagonal[from] = first - moved;
  beside[from] = g;
  beside[to] = 0;
}

function shift(first: number, second: number, between: number): number {
  const half = (second - first) / (2 * between);
  return between / (half + (half < 0 ? -1 : 1) * Math.sqrt(half * half + 1));
}
