/*
 * Statistics written the obvious slow way: sums, sorts and windows cut by hand. Nothing here comes from src/metrics, so that a
 * mistake there is not made here once more.
 */

/** An element that must be there; counted from the end where the place is negative. */
export function at<T>(values: readonly T[], place: number): T {
  const value = values.at(place);
  if (value === undefined) throw new RangeError(`no element ${place} among ${values.length}`);
  return value;
}

export const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);

export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Squared deviations from the mean, over n − 1. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return sum(values.map((v) => (v - middle) ** 2)) / (values.length - 1);
}

export const deviation = (values: readonly number[]): number => Math.sqrt(variance(values));

export const zOf = (history: readonly number[], value: number): number =>
  (value - mean(history)) / deviation(history);

export function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    (at(sorted, Math.floor((sorted.length - 1) / 2)) + at(sorted, Math.ceil((sorted.length - 1) / 2))) / 2
  );
}

/** Share of a history that lies below a value, equal ones counted half, in per cent (G12). */
export function percentileOf(history: readonly number[], value: number): number {
  const below = history.filter((h) => h < value).length;
  const equal = history.filter((h) => h === value).length;
  return (100 * (below + 0.5 * equal)) / history.length;
}

/** A path by session, `null` where there is nothing. */
export type Path = readonly (number | null)[];

export const present = (path: Path): readonly number[] => path.filter((v) => v !== null);

/** What a percentile is taken among: the values before the last, at most so many. */
export const historyOf = (path: Path, most: number): readonly number[] =>
  present(path.slice(0, -1)).slice(-most);

export const logReturns = (prices: readonly number[]): readonly number[] =>
  prices.slice(1).map((p, i) => Math.log(p / at(prices, i)));

export const simpleReturns = (prices: readonly number[]): readonly number[] =>
  prices.slice(1).map((p, i) => p / at(prices, i) - 1);

/** What a function makes of the last `size` elements up to each place; `null` before there are as many, and where one is missing. */
export const rolled = (path: Path, size: number, of: (window: readonly number[]) => number | null): Path =>
  path.map((_, t) => {
    if (t + 1 < size) return null;
    const window = present(path.slice(t + 1 - size, t + 1));
    return window.length === size ? of(window) : null;
  });

/** Realised volatility a year, close to close (A5). */
export const yearlyVolatility = (returns: readonly number[]): number => Math.sqrt(252 * variance(returns));

export function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const products = sum(x.map((v, i) => (v - mx) * (at(y, i) - my)));
  return products / Math.sqrt(sum(x.map((v) => (v - mx) ** 2)) * sum(y.map((v) => (v - my) ** 2)));
}

/** Places of values in order, 1 the smallest; equal ones share their mean place. */
export const ranks = (values: readonly number[]): readonly number[] =>
  values.map((v) => {
    const [below, equal] = [values.filter((w) => w < v).length, values.filter((w) => w === v).length];
    return below + (equal + 1) / 2;
  });

export type Matrix = readonly (readonly number[])[];

/** The solution of `A x = b`, by Gauss with the largest pivot. */
export function solved(matrix: Matrix, right: readonly number[]): readonly number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, at(right, i)]);
  for (let k = 0; k < n; k++) {
    const pivot = at(
      rows
        .map((_, i) => i)
        .slice(k)
        .toSorted((i, j) => Math.abs(at(at(rows, j), k)) - Math.abs(at(at(rows, i), k))),
      0,
    );
    [rows[k], rows[pivot]] = [at(rows, pivot), at(rows, k)];
    const top = at(rows, k);
    for (let i = k + 1; i < n; i++) {
      const row = at(rows, i);
      const factor = at(row, k) / at(top, k);
      rows[i] = row.map((v, j) => v - factor * at(top, j));
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const row = at(rows, i);
    const known = sum(solution.map((v, j) => (j > i ? v * at(row, j) : 0)));
    solution[i] = (at(row, n) - known) / at(row, i);
  }
  return solution;
}

export function inverted(matrix: Matrix): Matrix {
  const columns = matrix.map((_, j) =>
    solved(
      matrix,
      matrix.map((__, i) => (i === j ? 1 : 0)),
    ),
  );
  return matrix.map((_, i) => columns.map((column) => at(column, i)));
}

export const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => at(b, 0).map((_, j) => sum(row.map((v, k) => v * at(at(b, k), j)))));

/** A fitted line or plane by its normal equations. */
export interface Fitted {
  readonly coefficients: readonly number[];
  readonly residuals: readonly number[];
  /** (X'X)⁻¹. */
  readonly inverse: Matrix;
}

/** Least squares of `y` on columns. */
export function fitted(columns: Matrix, y: readonly number[]): Fitted {
  const cross = columns.map((a) => columns.map((b) => sum(a.map((v, t) => v * at(b, t)))));
  const coefficients = solved(
    cross,
    columns.map((a) => sum(a.map((v, t) => v * at(y, t)))),
  );
  const residuals = y.map((v, t) => v - sum(columns.map((column, j) => at(coefficients, j) * at(column, t))));
  return { coefficients, residuals, inverse: inverted(cross) };
}

/** Standard errors by Newey and West (G15): Bartlett's weights, `⌊4 (T/100)^(2/9)⌋` lags, T/(T − k). */
export function hacErrors(columns: Matrix, { residuals, inverse }: Fitted): readonly number[] {
  const [n, k] = [residuals.length, columns.length];
  const lags = Math.floor(4 * (n / 100) ** (2 / 9));
  const scores = columns.map((column) => column.map((x, t) => x * at(residuals, t)));
  const gamma = (a: readonly number[], b: readonly number[], lag: number): number =>
    sum(a.slice(lag).map((v, t) => v * at(b, t)));
  const middle = scores.map((a) =>
    scores.map((b) => {
      let total = gamma(a, b, 0);
      for (let lag = 1; lag <= lags; lag++)
        total += (1 - lag / (lags + 1)) * (gamma(a, b, lag) + gamma(b, a, lag));
      return total;
    }),
  );
  const covariance = product(product(inverse, middle), inverse);
  return covariance.map((row, j) => Math.sqrt((n / (n - k)) * at(row, j)));
}

/** Integral from 0 to `x` by Simpson's rule. */
function integral(of: (x: number) => number, x: number): number {
  const steps = 20_000;
  const width = x / steps;
  let total = of(0) + of(x);
  for (let i = 1; i < steps; i++) total += (i % 2 === 1 ? 4 : 2) * of(i * width);
  return (total * width) / 3;
}

/** ln Γ of half-integers and integers, from Γ(½) and Γ(1). */
function logGamma(x: number): number {
  let total = 0;
  let rest = x;
  while (rest > 1) {
    rest -= 1;
    total += Math.log(rest);
  }
  return total + (rest === 0.5 ? Math.log(Math.PI) / 2 : 0);
}

/** Two-sided probability of so large a t, by integration of the density. */
export function studentTails(t: number, freedom: number): number {
  const scale = Math.exp(logGamma((freedom + 1) / 2) - logGamma(freedom / 2)) / Math.sqrt(freedom * Math.PI);
  const density = (x: number): number => scale * (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
  return Math.max(0, 1 - 2 * integral(density, Math.min(Math.abs(t), 60)));
}

/** Chance that a standard normal is at most `x`, by integration of the density. */
export function normalBelow(x: number): number {
  const density = (v: number): number => Math.exp((-v * v) / 2) / Math.sqrt(2 * Math.PI);
  return 0.5 + Math.sign(x) * integral(density, Math.min(Math.abs(x), 12));
}

/** Benjamini and Hochberg's q-values, straight from their definition (G17). */
export const falseDiscovery = (all: readonly number[]): readonly number[] =>
  all.map((p) => {
    const sorted = all.toSorted((a, b) => a - b);
    const bounds = sorted.map((other, j) => (other >= p ? (all.length * other) / (j + 1) : 1));
    return Math.min(1, ...bounds);
  });

/** Eigenvalues of a symmetric matrix, the largest first, by Jacobi's rotations. */
export function eigenvalues(matrix: Matrix): readonly number[] {
  const a = matrix.map((row) => [...row]);
  const n = a.length;
  const get = (i: number, j: number): number => at(at(a, i), j);
  for (let sweep = 0; sweep < 100; sweep++) {
    let off = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) off += get(i, j) ** 2;
    if (off < 1e-30 * sum(a.map((row, i) => at(row, i) ** 2))) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, p, q);
  }
  return a.map((row, i) => at(row, i)).toSorted((x, y) => y - x);
}

function rotate(a: number[][], p: number, q: number): void {
  const get = (i: number, j: number): number => at(at(a, i), j);
  if (get(p, q) === 0) return;
  const angle = Math.atan2(2 * get(p, q), get(q, q) - get(p, p)) / 2;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (const row of a) [row[p], row[q]] = [c * at(row, p) - s * at(row, q), s * at(row, p) + c * at(row, q)];
  const [rowP, rowQ] = [[...at(a, p)], [...at(a, q)]];
  a[p] = rowP.map((v, j) => c * v - s * at(rowQ, j));
  a[q] = rowP.map((v, j) => s * v + c * at(rowQ, j));
}

/** A number as a page prints it: a whole count of quanta, halves away from zero. */
export function printed(value: number, quantum: number): number {
  const count = Math.round((Math.abs(value) / quantum) * (1 + 1e-15));
  return count === 0 ? 0 : Math.sign(value) * count * quantum;
}

export type Direction = "up" | "down" | "flat";

/** Which way a number goes as it is printed. */
export function printedDirection(value: number, quantum: number): Direction {
  const shown = printed(value, quantum);
  return shown === 0 ? "flat" : shown > 0 ? "up" : "down";
}

/** A tenth of a per cent, or of a point of percentage. */
export const tenth = 1e-3;

/** Where a percentile prints: as 0, as 100 or between. */
export function endOf(percentile: number): "bottom" | "middle" | "top" {
  const shown = Math.round(percentile);
  return shown <= 0 ? "bottom" : shown >= 100 ? "top" : "middle";
}

/** At or beyond a limit, but for what rounding takes of it. */
export const isAtLeast = (value: number, limit: number): boolean =>
  value >= limit - 1e-9 * Math.max(1, Math.abs(limit));
export const isAtMost = (value: number, limit: number): boolean => isAtLeast(-value, -limit);
