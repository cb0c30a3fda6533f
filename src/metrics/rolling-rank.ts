import { lowerBound } from "#src/metrics/lower-bound.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";

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
export function rollingRank(
  values: readonly (number | null)[],
  { min, preferred: most }: HistoryNeed,
): readonly (number | null)[] {
  const present = Float64Array.from(values.filter((value) => value !== null));
  if (!present.every(Number.isFinite)) throw new RangeError("rollingRank requires finite numbers");
  const places = placesOf(present);
  const counts = new CumulativeCounts(present.length);
  const least = Math.max(1, min);
  let seen = 0;
  return values.map((value) => {
    if (value === null) return null;
    const [place = 0, n] = [places[seen], Math.min(seen, most)];
    const rank = n < least ? null : (100 * (counts.before(place) + counts.at(place) / 2)) / n;
    counts.add(place, 1);
    if (seen >= most) counts.add(places[seen - most] ?? 0, -1);
    seen++;
    return rank;
  });
}

/** The place of each value in the order of all, that of equal values being one. */
function placesOf(values: Float64Array): Int32Array {
  const sorted = values.toSorted();
  const places = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) places[i] = lowerBound(sorted, values[i] ?? 0);
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
