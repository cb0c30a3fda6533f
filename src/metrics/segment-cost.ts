import { meanOf } from "#src/metrics/mean.ts";
/**
 * What a segment costs: minus twice its log-likelihood at its best parameters, less what is the same for all segmentations.
 *
 *     mean           Σ (x − mean)² / σ²             normal, σ² known, the mean its own
 *     mean-variance  n ln v + Σ (x − mean)² / v     normal, both its own
 *     variance       n ln v + Σ x² / v              normal, mean 0, the variance its own
 *
 * where `v` is the mean square, but not below the floor: a segment that stands still would be worth infinitely much.
 */
export type CostModel = "mean" | "mean-variance" | "variance";

/** The cost of the values from position `from` up to, but not with, `to`. */
export type SegmentCost = (from: number, to: number) => number;

/** What the costs are measured by: the known variance (`mean`), or the least variance that a segment may have. */
export type CostScale = number;

/** {@link SegmentCost} from cumulative sums, in constant time. */
export function segmentCost(values: readonly number[], model: CostModel, scale: CostScale): SegmentCost {
  // The variance about 0 does not change with the mean, all others do not with the origin, from which sums lose digits.
  const origin = model === "variance" ? 0 : meanOf(values);
  const [sums, squares] = cumulative(values, origin);
  const withinSquares = (from: number, to: number): number => {
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0);
    return Math.max(0, (squares[to] ?? 0) - (squares[from] ?? 0) - (sum * sum) / (to - from));
  };
  if (model === "mean") return (from, to) => withinSquares(from, to) / scale;
  if (model === "mean-variance") return (from, to) => likelihood(withinSquares(from, to), to - from, scale);
  return (from, to) => likelihood((squares[to] ?? 0) - (squares[from] ?? 0), to - from, scale);
}

function likelihood(sum: number, n: number, floor: number): number {
  const mean = sum / n;
  return mean > floor ? n * (Math.log(mean) + 1) : n * Math.log(floor) + sum / floor;
}

function cumulative(values: readonly number[], origin: number): readonly [Float64Array, Float64Array] {
  const [sums, squares] = [new Float64Array(values.length + 1), new Float64Array(values.length + 1)];
  for (let t = 0; t < values.length; t++) {
    const x = (values[t] ?? 0) - origin;
    sums[t + 1] = (sums[t] ?? 0) + x;
    squares[t + 1] = (squares[t] ?? 0) + x * x;
  }
  return [sums, squares];
}
