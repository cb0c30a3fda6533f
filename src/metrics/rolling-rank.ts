import { type Path, presentOf, withNulls } from "#src/metrics/panel.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { radixOrder } from "#src/metrics/radix-order.ts";

/**
 * Percentile rank (G12) of every value in the values before it, at most `most` of them, in one pass: ranks are counted in a
 * tree of cumulative counts (Fenwick 1994), so that a day takes log n steps and not n.
 *
 * Missing values have no rank and are no history. Element `t` uses no value after `t`.
 *
 * @param need  `min`: fewer earlier values give `null`; `preferred`: no more of them count
 * @returns 0 to 100, or `null`
 * @throws {RangeError} if a value is not finite
 */
export const rollingRank = (values: Path, need: HistoryNeed): Path =>
  withNulls(ranksOf(presentOf(values), need));

/** {@link rollingRank} of finite numbers, NaN for what is missing. */
export function ranksOf(values: Float64Array, { min, preferred: most }: HistoryNeed): Float64Array {
  const present = withoutGaps(values);
  const places = placesOf(present);
  const counts = new CumulativeCounts(present.length);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  const least = Math.max(1, min);
  let seen = 0;
  for (let t = 0; t < values.length; t++) {
    if (Number.isNaN(values[t])) continue;
    const place = places[seen] ?? 0;
    const n = Math.min(seen, most);
    if (n >= least) ranks[t] = (100 * (counts.before(place) + counts.at(place) / 2)) / n;
    counts.add(place, 1);
    if (seen >= most) counts.add(places[seen - most] ?? 0, -1);
    seen++;
  }
  return ranks;
}

function withoutGaps(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    const value = values[t] ?? 0;
    present[count] = value;
    count += Number(!Number.isNaN(value));
  }
  return present.subarray(0, count);
}

/** The place of each value in the order of all, that of equal values being one. */
function placesOf(values: Float64Array): Int32Array {
  const order = radixOrder(values);
  const places = new Int32Array(values.length);
  let [place, last] = [0, Number.NaN];
  for (let i = 0; i < order.length; i++) {
    const position = order[i] ?? 0;
    const value = values[position] ?? 0;
    if (value !== last) place = i;
    last = value;
    places[position] = place;
  }
  return places;
}

/** Counts at places 0 to `size` − 1, and their sums. */
class CumulativeCounts {
  private readonly tree: Int32Array;
  private readonly counts: Int32Array;

  constructor(size: number) {
    this.tree = new Int32Array(size + 1);
    this.counts = new Int32Array(size);
  }

  add(place: number, count: number): void {
    this.counts[place] = this.at(place) + count;
    for (let i = place + 1; i < this.tree.length; i += i & -i) this.tree[i] = (this.tree[i] ?? 0) + count;
  }

  at(place: number): number {
    return this.counts[place] ?? 0;
  }

  /** The sum of the counts before a place. */
  before(place: number): number {
    let sum = 0;
    for (let i = place; i > 0; i -= i & -i) sum += this.tree[i] ?? 0;
    return sum;
  }
}
