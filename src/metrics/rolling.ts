/**
 * Statistics of every window of a series in one pass. Element `t` of a path is that of the `window` values that end at `t`, and
 * uses none after `t`: the path of a longer series begins with the same bits. It is `null` before the first whole window and
 * where a value of the window is missing. A value that is not finite throws a RangeError.
 *
 * Sums are of values less an origin, the oldest value of a window. They are made anew once a window, so that roundings do
 * not pile up, and at once where what has left them was so large that its rounding would show; of a window whose values
 * are all equal the variance is exactly 0.
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

/** Where the squares about the mean are a smaller share of the largest sum of squares since the sums were made, they are made anew. */
const leastShare = 1e-3;

function everyWindow(x: Path, y: Path, window: number, statistic: (sums: Sums) => number): Path {
  requireWindow(x, y, window);
  const a = presentOf(x);
  const b = x === y ? a : presentOf(y);
  const sums = new SlidingSums(a, b, window);
  const path: (number | null)[] = [];
  let [present, equal] = [0, 0];
  for (let t = 0; t < a.length; t++) {
    const isThere = !Number.isNaN((a[t] ?? 0) + (b[t] ?? 0));
    present = isThere ? present + 1 : 0;
    equal = a[t] === a[t - 1] && b[t] === b[t - 1] ? equal + 1 : 1;
    if (present >= window) sums.moveTo(t, equal >= window);
    else sums.forget();
    path.push(present >= window ? finite(statistic(sums)) : null);
  }
  return path;
}

function finite(value: number): number {
  if (!Number.isFinite(value))
    throw new RangeError("a rolling statistic requires numbers whose squares a double can hold");
  return value;
}

function requireWindow(x: Path, y: Path, window: number): void {
  if (!(Number.isInteger(window) && window >= 1))
    throw new RangeError(`a rolling statistic requires a window of 1 or more, got ${window}`);
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

class SlidingSums implements Sums {
  x = 0;
  y = 0;
  xy = 0;
  origin = 0;
  private readonly a: Float64Array;
  private readonly b: Float64Array;
  private readonly window: number;
  private originY = 0;
  private xx = 0;
  private yy = 0;
  private mostXx = 0;
  private mostYy = 0;
  /** Windows since the sums were made. */
  private age = Number.POSITIVE_INFINITY;

  constructor(a: Float64Array, b: Float64Array, window: number) {
    this.a = a;
    this.b = b;
    this.window = window;
  }

  /** What there is belongs to no window that touches the next. */
  forget(): void {
    this.age = Number.POSITIVE_INFINITY;
  }

  /** To the window that ends at `t`, one further than the one before. */
  moveTo(t: number, isFlat: boolean): void {
    if (isFlat) {
      this.begin(t);
      this.forget();
      return;
    }
    if (this.age >= this.window) {
      this.make(t);
      return;
    }
    this.add(t, 1);
    this.add(t - this.window, -1);
    this.age++;
    if (this.isRough()) this.make(t);
  }

  private make(t: number): void {
    this.begin(t + 1 - this.window);
    for (let s = t + 1 - this.window; s <= t; s++) this.add(s, 1);
    this.age = 1;
  }

  private begin(t: number): void {
    this.x = this.y = this.xy = this.xx = this.yy = this.mostXx = this.mostYy = 0;
    this.origin = this.a[t] ?? 0;
    this.originY = this.b[t] ?? 0;
  }

  private add(t: number, sign: 1 | -1): void {
    const [dx, dy] = [(this.a[t] ?? 0) - this.origin, (this.b[t] ?? 0) - this.originY];
    this.x += sign * dx;
    this.y += sign * dy;
    this.xy += sign * dx * dy;
    this.xx += sign * dx * dx;
    this.yy += sign * dy * dy;
    this.mostXx = Math.max(this.mostXx, this.xx);
    this.mostYy = Math.max(this.mostYy, this.yy);
  }

  private isRough(): boolean {
    const [aboutX, aboutY] = [this.xx - this.x ** 2 / this.window, this.yy - this.y ** 2 / this.window];
    return aboutX < leastShare * this.mostXx || aboutY < leastShare * this.mostYy;
  }
}
