import { type Path, presentOf, withNulls } from "#src/metrics/panel.ts";
import { type Run, slideCovariance, slideMoment } from "#src/metrics/sliding-moments.ts";

/**
 * Statistics of every window of a series in one pass. Element `t` of a path is that of the `window` values that end at `t`, and
 * uses none after `t`: the path of a longer series begins with the same bits. It is `null` before the first whole window and
 * where a value of the window is missing. With `least` below `window`, windows grow from `least` values on to the whole one, at
 * the beginning and after every missing value. A value that is not finite throws a RangeError.
 *
 * Of a window whose values are all equal the variance is exactly 0.
 */

/** Means of every window. @throws {RangeError} unless `1 ≤ least ≤ window` */
export const rollingMean = (values: Path, window: number, least = window): Path =>
  withNulls(meansOf(presentOf(values), window, least));

/** Sample variances (n − 1) of every window. @throws {RangeError} unless `2 ≤ least ≤ window` */
export const rollingVariance = (values: Path, window: number, least = window): Path =>
  withNulls(variancesOf(presentOf(values), window, least));

/**
 * Sample covariances (n − 1) of every window.
 *
 * @throws {RangeError} unless `2 ≤ least ≤ window`, or if the two differ in length
 */
export const rollingCovariance = (x: Path, y: Path, window: number, least = window): Path =>
  withNulls(covariancesOf(presentOf(x), presentOf(y), window, least));

/** {@link rollingMean} of numbers, NaN for what is missing. */
export function meansOf(values: Float64Array, window: number, least = window): Float64Array {
  requireSizes(window, least);
  return alongRuns(values, values, { window, least }, (run, path) => slideMoment(values, run, true, path));
}

/** {@link rollingVariance} of numbers, NaN for what is missing. */
export function variancesOf(values: Float64Array, window: number, least = window): Float64Array {
  requireTwo(window, least);
  return alongRuns(values, values, { window, least }, (run, path) => slideMoment(values, run, false, path));
}

/** {@link rollingCovariance} of numbers, NaN for what is missing. */
export function covariancesOf(
  x: Float64Array,
  y: Float64Array,
  window: number,
  least = window,
): Float64Array {
  requireTwo(window, least);
  if (x.length !== y.length) throw new RangeError("a rolling statistic requires series of equal lengths");
  return alongRuns(x, y, { window, least }, (run, path) => slideCovariance(x, y, run, path));
}

/** A path that is filled run by run of values that both series have; NaN elsewhere. */
function alongRuns(
  a: Float64Array,
  b: Float64Array,
  sizes: Pick<Run, "window" | "least">,
  fill: (run: Run, path: Float64Array) => void,
): Float64Array {
  const path = new Float64Array(a.length).fill(Number.NaN);
  for (let from = 0; from < a.length; ) {
    const to = gapFrom(a, b, from);
    fill({ from, to, ...sizes }, path);
    requireHeld(path, from + sizes.least - 1, to);
    from = to + 1;
  }
  return path;
}

/** The next place where one of two values is missing, or the end. */
function gapFrom(a: Float64Array, b: Float64Array, from: number): number {
  for (let t = from; t < a.length; t++) if (Number.isNaN((a[t] ?? 0) + (b[t] ?? 0))) return t;
  return a.length;
}

function requireHeld(path: Float64Array, from: number, to: number): void {
  let sum = 0;
  for (let t = from; t < to; t++) sum += path[t] ?? 0;
  if (!Number.isFinite(sum))
    throw new RangeError("a rolling statistic requires numbers whose squares a double can hold");
}

function requireTwo(window: number, least: number): void {
  if (least < 2) throw new RangeError(`a rolling covariance requires 2 values or more, got ${least}`);
  requireSizes(window, least);
}

function requireSizes(window: number, least: number): void {
  if (!(Number.isInteger(window) && Number.isInteger(least) && least >= 1 && least <= window))
    throw new RangeError(`a rolling statistic requires 1 ≤ least ≤ window, got ${least} and ${window}`);
}
