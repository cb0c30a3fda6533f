import { type Measured, okFrom, tooFew } from "#src/metrics/result.ts";

/** How much history a percentile needs, and from how much on it holds without a caveat. */
export interface HistoryNeed {
  readonly min: number;
  readonly preferred: number;
}

const usualNeed: HistoryNeed = { min: 60, preferred: 60 };

/**
 * Percentile rank (百分位, A10, G12): where a value stands in its own earlier history.
 *
 *     PR = 100 · ( #{h < x} + ½ #{h = x} ) / n
 *
 * The history excludes the value itself. As scipy's `percentileofscore(kind="mean")`.
 *
 * @param history  earlier values, in any order
 * @param value  the value of today
 * @returns 0 to 100; `insufficient` below `need.min` values (60), `warn` below `need.preferred`
 * @throws {RangeError} if a number is not finite
 * @example percentileRank([...sixtyValuesBelow], 1).value; // 100
 */
export function percentileRank(
  history: readonly number[],
  value: number,
  need: HistoryNeed = usualNeed,
): Measured<number> {
  const n = history.length;
  if (!Number.isFinite(value) || history.some((h) => !Number.isFinite(h)))
    throw new RangeError("percentileRank requires finite numbers");
  const least = Math.max(1, need.min);
  if (n < least) return tooFew(n, least);
  const below = history.filter((h) => h < value).length;
  const equal = history.filter((h) => h === value).length;
  const rank = (100 * (below + equal / 2)) / n;
  return okFrom(rank, n, need.preferred);
}
