import type { Path } from "#src/metrics/panel.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";

/** A spread below this share of the values' size is rounding noise, not a spread. */
const noise = 1e-12;
/** Where the squares about the mean are a smaller share of the largest sum since the sums were made, these are made anew. */
const leastShare = 1e-3;

/**
 * z-score (G11) of every value against the values before it, at most `most` of them, in one pass.
 *
 * Missing values have no z and are no history. Element `t` uses no value after `t`. Sums are of values less an origin, a
 * mean of them, and are made anew once a window, so that roundings do not pile up, and where a shock has left them.
 *
 * @param need  `min`: fewer earlier values, or fewer than two, give `null`; `preferred`: no more of them count
 * @returns `null` where there is no z: also where the history does not move
 * @throws {RangeError} if a value is not finite
 */
export function rollingZScore(values: Path, { min, preferred: most }: HistoryNeed): Path {
  const present = Float64Array.from(values.filter((value) => value !== null));
  if (!present.every(Number.isFinite)) throw new RangeError("rollingZScore requires finite numbers");
  const history = slidingMoments(present, most);
  const least = Math.max(2, min);
  let seen = 0;
  return values.map((value) => {
    if (value === null) return null;
    const z = seen < least ? null : history.distance(value);
    history.add(seen++);
    return z;
  });
}

/** Moments of the last `most` values that were added, which are added in their order. */
function slidingMoments(values: Float64Array, most: number) {
  let [origin, sum, squares, largest, age, n, equal] = [values[0] ?? 0, 0, 0, 0, 0, 0, 0];
  const move = (t: number, sign: 1 | -1): void => {
    const d = (values[t] ?? 0) - origin;
    sum += sign * d;
    squares += sign * d * d;
    largest = Math.max(largest, squares);
  };
  const aboutMean = () => squares - (sum * sum) / n;
  const renew = (from: number, to: number): void => {
    origin = meanOf(values, from, to);
    sum = squares = largest = age = 0;
    for (let t = from; t <= to; t++) move(t, 1);
  };
  return {
    add(t: number): void {
      equal = t > 0 && values[t] === values[t - 1] ? equal + 1 : 1;
      n = Math.min(t + 1, most);
      age++;
      move(t, 1);
      if (t >= most) move(t - most, -1);
      if (age >= most || (equal < n && aboutMean() < leastShare * largest)) renew(t + 1 - n, t);
    },
    /** From the mean, in standard deviations; `null` where there is no deviation. */
    distance(value: number): number | null {
      const mean = origin + sum / n;
      const spread = Math.sqrt(Math.max(0, aboutMean()) / (n - 1));
      const isStill = equal >= n || spread < noise * Math.max(1, Math.abs(mean));
      return isStill ? null : (value - mean) / spread;
    },
  };
}

function meanOf(values: Float64Array, from: number, to: number): number {
  const first = values[from] ?? 0;
  let sum = 0;
  for (let t = from; t <= to; t++) sum += (values[t] ?? 0) - first;
  return first + sum / (to + 1 - from);
}
