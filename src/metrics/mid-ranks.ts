import { radixOrder } from "#src/metrics/radix-order.ts";

/**
 * Ranks from 1, equal values sharing the mean of theirs.
 *
 * @param values  finite numbers
 */
export const midRanks = (values: Float64Array): Float64Array => ranksAlong(radixOrder(values), values);

/**
 * {@link midRanks} of one set of values after another, as of the same names from day to day: their order changes little, and that of
 * the set before is put right by insertion.
 */
export function successiveRanks(): (values: Float64Array) => Float64Array {
  let order: Uint32Array = new Uint32Array(0);
  return (values) => {
    if (order.length === values.length) putRight(order, values);
    else order = radixOrder(values);
    return ranksAlong(order, values);
  };
}

/** Insertion sort of an order. */
function putRight(order: Uint32Array, values: Float64Array): void {
  for (let i = 1; i < order.length; i++) {
    const position = order[i] ?? 0;
    const value = values[position] ?? 0;
    let place = i;
    for (; place > 0; place--) {
      const before = order[place - 1] ?? 0;
      if ((values[before] ?? 0) <= value) break;
      order[place] = before;
    }
    order[place] = position;
  }
}

function ranksAlong(order: Uint32Array, values: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length);
  for (let first = 0, next = 0; first < order.length; first = next) {
    const value = values[order[first] ?? 0];
    while (next < order.length && values[order[next] ?? 0] === value) next++;
    for (let i = first; i < next; i++) ranks[order[i] ?? 0] = (first + next + 1) / 2;
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
