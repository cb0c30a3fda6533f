/** Observations of one or two columns, time by time: column `c` at `t` stands at `t · columns + c`. */
export interface Observations {
  readonly flat: Float64Array;
  readonly columns: 1 | 2;
  /** How many times there are. */
  readonly n: number;
}

/** A normal distribution of one or two columns. */
export interface Gaussian {
  readonly mean: readonly number[];
  /** Columns × columns. */
  readonly covariance: readonly (readonly number[])[];
}

/** Observations from one array a column. @throws {RangeError} if there are not one or two, of one length, of finite numbers */
export function observationsOf(columns: readonly (readonly number[])[]): Observations {
  const [count, n] = [columns.length, columns[0]?.length ?? 0];
  if (!(count === 1 || count === 2) || columns.some((column) => column.length !== n))
    throw new RangeError("a model of hidden states requires one or two columns of one length");
  if (!columns.every((column) => column.every(Number.isFinite)))
    throw new RangeError("a model of hidden states requires finite numbers");
  const flat = new Float64Array(count * n);
  for (const [c, column] of columns.entries()) for (const [t, v] of column.entries()) flat[t * count + c] = v;
  return { flat, columns: count, n };
}

/** The first so many observations. */
export const firstOf = ({ flat, columns }: Observations, n: number): Observations => ({
  flat: flat.subarray(0, n * columns),
  columns,
  n,
});

const logTwoPi = Math.log(2 * Math.PI);

/** The log-density of each observation in each state: that at `t` in state `k` is written to `t · states + k`. */
export function logDensitiesInto(x: Observations, states: readonly Gaussian[], into: Float64Array): void {
  for (const [k, state] of states.entries()) {
    if (x.columns === 1) density1(x, state, into, k, states.length);
    else density2(x, state, into, k, states.length);
  }
}

/** {@link logDensitiesInto} an array of its own. */
export function logDensities(x: Observations, states: readonly Gaussian[]): Float64Array {
  const into = new Float64Array(x.n * states.length);
  logDensitiesInto(x, states, into);
  return into;
}

function density1(
  { flat }: Observations,
  { mean: [mean = 0], covariance }: Gaussian,
  into: Float64Array,
  k: number,
  states: number,
): void {
  const variance = covariance[0]?.[0] ?? 1;
  const constant = -(logTwoPi + Math.log(variance)) / 2;
  const half = -0.5 / variance;
  for (let t = 0, at = k; t < flat.length; t++, at += states) {
    const d = (flat[t] ?? 0) - mean;
    into[at] = constant + half * d * d;
  }
}

function density2(
  { flat }: Observations,
  { mean: [mean1 = 0, mean2 = 0], covariance }: Gaussian,
  into: Float64Array,
  k: number,
  states: number,
): void {
  const [a, b, c] = [covariance[0]?.[0] ?? 1, covariance[0]?.[1] ?? 0, covariance[1]?.[1] ?? 1];
  const determinant = a * c - b * b;
  const constant = -logTwoPi - Math.log(determinant) / 2;
  const scale = -0.5 / determinant;
  for (let t = 0, at = k; t < flat.length; t += 2, at += states) {
    const d1 = (flat[t] ?? 0) - mean1;
    const d2 = (flat[t + 1] ?? 0) - mean2;
    into[at] = constant + scale * (c * d1 * d1 - 2 * b * d1 * d2 + a * d2 * d2);
  }
}

/** What a covariance may be: of columns that move together or not, and never smaller than this. */
export interface CovarianceRule {
  readonly full: boolean;
  /** Least variance of each column: a likelihood has no bound without it. */
  readonly floor: readonly number[];
}

/** The closest to ±1 that a correlation may come, so that no determinant vanishes. */
export const mostCorrelation = 1 - 1e-6;
/** Observations that a state must have at the least, in sum, to have a distribution. */
const leastWeight = 1e-8;

/**
 * The normal distribution of weighted observations; weights of state `k` of `states` stand at `t · states + k`.
 *
 * @returns `null` where the weights are as good as nothing
 */
export function weightedGaussian(
  x: Observations,
  weights: Float64Array,
  k: number,
  rule: CovarianceRule,
): Gaussian | null {
  return x.columns === 1 ? weighted1(x, weights, k, rule) : weighted2(x, weights, k, rule);
}

function weighted1(
  { flat, n }: Observations,
  weights: Float64Array,
  k: number,
  { floor: [floor = 0] }: CovarianceRule,
): Gaussian | null {
  const states = weights.length / n;
  let total = 0;
  let sum = 0;
  for (let t = 0, at = k; t < n; t++, at += states) {
    const w = weights[at] ?? 0;
    total += w;
    sum += w * (flat[t] ?? 0);
  }
  if (!(total > leastWeight)) return null;
  const mean = sum / total;
  let squares = 0;
  for (let t = 0, at = k; t < n; t++, at += states) {
    const d = (flat[t] ?? 0) - mean;
    squares += (weights[at] ?? 0) * d * d;
  }
  return { mean: [mean], covariance: [[Math.max(squares / total, floor)]] };
}

function weighted2(
  { flat, n }: Observations,
  weights: Float64Array,
  k: number,
  { full, floor: [floor1 = 0, floor2 = 0] }: CovarianceRule,
): Gaussian | null {
  const states = weights.length / n;
  let total = 0;
  let sum1 = 0;
  let sum2 = 0;
  for (let t = 0, at = k; t < flat.length; t += 2, at += states) {
    const w = weights[at] ?? 0;
    total += w;
    sum1 += w * (flat[t] ?? 0);
    sum2 += w * (flat[t + 1] ?? 0);
  }
  if (!(total > leastWeight)) return null;
  const mean1 = sum1 / total;
  const mean2 = sum2 / total;
  let squares1 = 0;
  let squares2 = 0;
  let products = 0;
  for (let t = 0, at = k; t < flat.length; t += 2, at += states) {
    const w = weights[at] ?? 0;
    const d1 = (flat[t] ?? 0) - mean1;
    const d2 = (flat[t + 1] ?? 0) - mean2;
    squares1 += w * d1 * d1;
    squares2 += w * d2 * d2;
    products += w * d1 * d2;
  }
  const variance1 = Math.max(squares1 / total, floor1);
  const variance2 = Math.max(squares2 / total, floor2);
  const bound = mostCorrelation * Math.sqrt(variance1 * variance2);
  const joint = full ? Math.min(bound, Math.max(-bound, products / total)) : 0;
  return {
    mean: [mean1, mean2],
    covariance: [
      [variance1, joint],
      [joint, variance2],
    ],
  };
}
