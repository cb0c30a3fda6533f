import { lowerBound } from "#src/metrics/lower-bound.ts";

/**
 * Ranks from 1, equal values sharing the mean of theirs.
 *
 * @param values  finite numbers
 */
export function midRanks(values: Float64Array): Float64Array {
  const sorted = values.toSorted();
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const first = lowerBound(sorted, value);
    let next = first + 1;
    while (sorted[next] === value) next++;
    ranks[i] = (first + next + 1) / 2;
  }
  return ranks;
}

/**
 * Ranks within a window that slides along: a step takes as many comparisons as the window is long. They are halves, and exact.
 *
 * @returns a function that moves the window to end at `t`, asked for each `t` in turn; of the ranks it returns, those of
 *   `t − window + 1 … t` are of the window
 */
export function slidingRanks(values: Float64Array, window: number): (t: number) => Float64Array {
  const ranks = new Float64Array(values.length);
  return (t) => {
    const newest = values[t] ?? 0;
    const oldest = t >= window ? (values[t - window] ?? 0) : Number.POSITIVE_INFINITY;
    let rank = 1;
    for (let s = Math.max(0, t + 1 - window); s < t; s++) {
      const value = values[s] ?? 0;
      ranks[s] = (ranks[s] ?? 0) + below(newest, value) - below(oldest, value);
      rank += below(value, newest);
    }
    ranks[t] = rank;
    return ranks;
  };
}

/** Whether `a` is below `b`; where they are equal it is so by half. */
const below = (a: number, b: number): number => (a < b ? 1 : a === b ? 0.5 : 0);
