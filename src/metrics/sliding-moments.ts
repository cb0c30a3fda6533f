/** Which values of a series: from `from` up to, but not with, `to`; and windows of how many, growing from `least` on. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly window: number;
  readonly least: number;
}

/** Where the squares about the mean are a smaller share of the largest sum of squares since the sums were made, they are made anew. */
const leastShare = 1e-3;

/*
 * Sums of values less an origin, the oldest value of a window, that slide along. They are made anew once a window, so that
 * roundings do not pile up, and at once where what has left them was so large that its rounding would show.
 *
 * They are local variables of loops that return nothing: as fields of an object they take several times as long, and what follows a
 * long loop is not compiled with it.
 */

/**
 * Mean, or sample variance (n − 1), of every window of a run, in one pass; exactly 0 is the variance of equal values, whose mean is
 * theirs. What a double cannot hold is infinite or NaN.
 *
 * @param values  without a gap within the run
 * @param path  filled from the first window on
 */
export function slideMoment(values: Float64Array, run: Run, isMean: boolean, path: Float64Array): void {
  const { from, to, window, least } = run;
  let origin = 0;
  let x = 0;
  let xx = 0;
  let most = 0;
  let before = 0;
  let equal = 0;
  let last = Number.NaN;
  let age = window;
  for (let t = from; t < to; t++) {
    const value = at(values, t);
    const size = Math.min(t + 1 - from, window);
    equal = Number(value === last) * equal + 1;
    last = value;
    if (size < least) continue;
    const gone = leaving(values, t, size, before, origin);
    const come = value - origin;
    x = x + come - gone;
    xx += come * come;
    most = Math.max(most, xx);
    xx -= gone * gone;
    before = size;
    if (equal >= size) {
      origin = value;
      x = 0;
      xx = 0;
      age = window;
    } else if (age++ >= window || xx - (x * x) / size < leastShare * most) {
      origin = at(values, t + 1 - size);
      x = 0;
      xx = 0;
      age = 1;
      for (let s = t + 1 - size; s <= t; s++) {
        const d = at(values, s) - origin;
        x += d;
        xx += d * d;
      }
      most = xx;
    }
    path[t] = isMean ? origin + x / size : (xx - (x * x) / size) / (size - 1);
  }
}

/** Sample covariance (n − 1) of every window of a run of two series; otherwise as {@link slideMoment}. */
export function slideCovariance(a: Float64Array, b: Float64Array, run: Run, path: Float64Array): void {
  const { from, to, window, least } = run;
  let originX = 0;
  let originY = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  let mostXx = 0;
  let mostYy = 0;
  let before = 0;
  let equal = 0;
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  let age = window;
  for (let t = from; t < to; t++) {
    const valueX = at(a, t);
    const valueY = at(b, t);
    const size = Math.min(t + 1 - from, window);
    equal = Number(valueX === lastX) * Number(valueY === lastY) * equal + 1;
    lastX = valueX;
    lastY = valueY;
    if (size < least) continue;
    const goneX = leaving(a, t, size, before, originX);
    const goneY = leaving(b, t, size, before, originY);
    const comeX = valueX - originX;
    const comeY = valueY - originY;
    x = x + comeX - goneX;
    y = y + comeY - goneY;
    xy = xy + comeX * comeY - goneX * goneY;
    xx += comeX * comeX;
    yy += comeY * comeY;
    mostXx = Math.max(mostXx, xx);
    mostYy = Math.max(mostYy, yy);
    xx -= goneX * goneX;
    yy -= goneY * goneY;
    before = size;
    if (equal >= size) {
      x = y = xy = 0;
      age = window;
    } else if (
      age++ >= window ||
      xx - (x * x) / size < leastShare * mostXx ||
      yy - (y * y) / size < leastShare * mostYy
    ) {
      originX = at(a, t + 1 - size);
      originY = at(b, t + 1 - size);
      x = y = xx = yy = xy = 0;
      age = 1;
      for (let s = t + 1 - size; s <= t; s++) {
        const dx = at(a, s) - originX;
        const dy = at(b, s) - originY;
        x += dx;
        y += dy;
        xy += dx * dy;
        xx += dx * dx;
        yy += dy * dy;
      }
      mostXx = xx;
      mostYy = yy;
    }
    path[t] = (xy - (x * y) / size) / (size - 1);
  }
}

const at = (values: Float64Array, t: number): number => values[t] ?? 0;

/** What leaves a window, less the origin: nothing leaves one that grows. */
const leaving = (values: Float64Array, t: number, size: number, before: number, origin: number): number =>
  size > before ? 0 : at(values, t - size) - origin;
