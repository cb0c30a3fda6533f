/** A label that wants to stand at `at`, and its height. */
export interface Wish {
  readonly at: number;
  readonly height: number;
}

interface Cluster {
  mean: number;
  size: number;
}

/** Pools neighbours whose wishes cross, so that the result ascends with the least squared displacement. */
function ascending(values: readonly number[]): number[] {
  const clusters: Cluster[] = [];
  for (const value of values) {
    let last: Cluster = { mean: value, size: 1 };
    for (
      let before = clusters.at(-1);
      before !== undefined && before.mean > last.mean;
      before = clusters.at(-1)
    ) {
      const size = before.size + last.size;
      last = { mean: (before.mean * before.size + last.mean * last.size) / size, size };
      clusters.pop();
    }
    clusters.push(last);
  }
  return clusters.flatMap(({ mean, size }) => Array<number>(size).fill(mean));
}

/**
 * Middles of labels one above another: as near to their wishes as possible, at least `gap` apart,
 * within [from, to]. When there is not room for the gap, it shrinks evenly.
 *
 * @returns middles in the order of the wishes
 */
export function pushApart(wishes: readonly Wish[], gap: number, from: number, to: number): number[] {
  const order = wishes.map((_, i) => i).sort((a, b) => (wishes[a]?.at ?? 0) - (wishes[b]?.at ?? 0) || a - b);
  const heights = order.map((i) => wishes[i]?.height ?? 0);
  const filled = heights.reduce((sum, height) => sum + height, 0);
  const room = (to - from - filled) / Math.max(1, order.length - 1);
  const between = Math.max(0, Math.min(gap, room));
  let top = 0;
  const offsets = heights.map((height) => {
    const middle = top + height / 2;
    top += height + between;
    return middle;
  });
  const slack = Math.max(from, to - (top - between));
  const starts = ascending(order.map((i, k) => (wishes[i]?.at ?? 0) - (offsets[k] ?? 0)));
  const middles = starts.map((start, k) => Math.min(slack, Math.max(from, start)) + (offsets[k] ?? 0));
  const result = Array<number>(wishes.length).fill(0);
  order.forEach((i, k) => {
    result[i] = middles[k] ?? 0;
  });
  return result;
}
