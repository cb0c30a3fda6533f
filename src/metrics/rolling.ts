/**
 * Statistics of every window of a series in one pass. Element `t` of a path is that of the `window` values that end at `t`, and
 * uses none after `t`: the path of a longer series begins with the same bits. It is `null` before the first whole window and
 * where a value of the window is missing.
 *
 * Sums are of values less an origin, the oldest value of a window, and are made anew once a window, so that roundings do
 * not pile up; of a window whose values are all equal the variance is exactly 0.
 */
type Path = readonly (number | null)[];

/** Means of every window. @throws {RangeError} if the window is below 1 */
export const rollingMean = (values: Path, window: number): Path =>
  everyWindow(values, values, window, ({ x, origin }) => origin + x / window);

/** Sample variances (n − 1) of every window. @throws {RangeError} if the window is below 2 */
export const rollingVariance = (values: Path, window: number): Path =>
  rollingCovariance(values, values, window);

/**
 * Sample covariances (n − 1) of every window.
 *
 * @throws {RangeError} if the window is below 2, or the two differ in length
 */
export function rollingCovariance(x: Path, y: Path, window: number): Path {
  if (window < 2) throw new RangeError(`a rolling covariance requires a window of 2 or more, got ${window}`);
  return everyWindow(x, y, window, (sums) => (sums.xy - (sums.x * sums.y) / window) / (window - 1));
}

/** Sums over a window of values less the origin of their series. */
interface Sums {
  readonly x: number;
  readonly y: number;
  readonly xy: number;
  /** The origin of the first series. */
  readonly origin: number;
}

function everyWindow(x: Path, y: Path, window: number, statistic: (sums: Sums) => number): Path {
  if (!(Number.isInteger(window) && window >= 1))
    throw new RangeError(`a rolling statistic requires a window of 1 or more, got ${window}`);
  if (x.length !== y.length) throw new RangeError("a rolling statistic requires series of equal lengths");
  const run = runs(x, y);
  const sums = slidingSums(x, y);
  let age = window;
  return x.map((_, t) => {
    const { present, equal } = run(t);
    if (present < window) age = window;
    if (present < window) return null;
    if (equal >= window) {
      sums.begin(t + 1 - window);
      age = window;
    } else if (age >= window) {
      sums.begin(t + 1 - window);
      for (let s = t + 1 - window; s <= t; s++) sums.add(s, 1);
      age = 1;
    } else {
      sums.add(t, 1);
      sums.add(t - window, -1);
      age++;
    }
    return statistic(sums.now);
  });
}

/** How many pairs that end at `t` are there, and are equal; asked for each `t` in turn. */
function runs(x: Path, y: Path) {
  const run = { present: 0, equal: 0 };
  return (t: number): { readonly present: number; readonly equal: number } => {
    const isThere = x[t] !== null && y[t] !== null;
    run.equal = isThere && x[t] === x[t - 1] && y[t] === y[t - 1] ? run.equal + 1 : 1;
    run.present = isThere ? run.present + 1 : 0;
    return run;
  };
}

function slidingSums(x: Path, y: Path) {
  const now = { x: 0, y: 0, xy: 0, origin: 0 };
  let originY = 0;
  return {
    now,
    /** Nothing yet, of values less those at `t`. */
    begin(t: number): void {
      Object.assign(now, { x: 0, y: 0, xy: 0, origin: x[t] ?? 0 });
      originY = y[t] ?? 0;
    },
    add(t: number, sign: 1 | -1): void {
      const [dx, dy] = [(x[t] ?? 0) - now.origin, (y[t] ?? 0) - originY];
      now.x += sign * dx;
      now.y += sign * dy;
      now.xy += sign * dx * dy;
    },
  };
}
