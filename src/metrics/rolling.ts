import { SlidingSums, type Sums } from "#src/metrics/sliding-sums.ts";

/**
 * Statistics of every window of a series in one pass. Element `t` of a path is that of the `window` values that end at `t`, and
 * uses none after `t`: the path of a longer series begins with the same bits. It is `null` before the first whole window and
 * where a value of the window is missing. With `least` below `window`, windows grow from `least` values on to the whole one, at
 * the beginning and after every missing value. A value that is not finite throws a RangeError.
 *
 * Of a window whose values are all equal the variance is exactly 0.
 */
type Path = readonly (number | null)[];

/** Means of every window. @throws {RangeError} unless `1 ≤ least ≤ window` */
export const rollingMean = (values: Path, window: number, least = window): Path =>
  everyWindow(values, values, { window, least }, (sums) => sums.origin + sums.x / sums.size);

/** Sample variances (n − 1) of every window. @throws {RangeError} unless `2 ≤ least ≤ window` */
export const rollingVariance = (values: Path, window: number, least = window): Path =>
  rollingCovariance(values, values, window, least);

/**
 * Sample covariances (n − 1) of every window.
 *
 * @throws {RangeError} unless `2 ≤ least ≤ window`, or if the two differ in length
 */
export function rollingCovariance(x: Path, y: Path, window: number, least = window): Path {
  if (least < 2) throw new RangeError(`a rolling covariance requires 2 values or more, got ${least}`);
  return everyWindow(x, y, { window, least }, covariance);
}

const covariance = ({ x, y, xy, size }: Sums): number => (xy - (x * y) / size) / (size - 1);

interface Sizes {
  readonly window: number;
  readonly least: number;
}

function everyWindow(x: Path, y: Path, sizes: Sizes, statistic: (sums: Sums) => number): Path {
  requireSizes(x, y, sizes);
  const { window, least } = sizes;
  const a = presentOf(x);
  const b = x === y ? a : presentOf(y);
  const sums = new SlidingSums(a, b, window);
  const path: (number | null)[] = [];
  let [present, equal] = [0, 0];
  for (let t = 0; t < a.length; t++) {
    const isThere = !Number.isNaN((a[t] ?? 0) + (b[t] ?? 0));
    present = isThere ? present + 1 : 0;
    equal = a[t] === a[t - 1] && b[t] === b[t - 1] ? equal + 1 : 1;
    const size = Math.min(present, window);
    if (size >= least) sums.moveTo(t, size, equal >= size);
    else sums.forget();
    path.push(size >= least ? finite(statistic(sums)) : null);
  }
  return path;
}

function finite(value: number): number {
  if (!Number.isFinite(value))
    throw new RangeError("a rolling statistic requires numbers whose squares a double can hold");
  return value;
}

function requireSizes(x: Path, y: Path, { window, least }: Sizes): void {
  if (!(Number.isInteger(window) && Number.isInteger(least) && least >= 1 && least <= window))
    throw new RangeError(`a rolling statistic requires 1 ≤ least ≤ window, got ${least} and ${window}`);
  if (x.length !== y.length) throw new RangeError("a rolling statistic requires series of equal lengths");
}

/** The values, `NaN` where one is missing. */
function presentOf(values: Path): Float64Array {
  const present = new Float64Array(values.length);
  for (let t = 0; t < present.length; t++) {
    const value = values[t] ?? null;
    if (value !== null && !Number.isFinite(value))
      throw new RangeError(`a rolling statistic requires finite numbers, got ${value} at ${t}`);
    present[t] = value ?? Number.NaN;
  }
  return present;
}
