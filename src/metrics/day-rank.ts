import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

/**
 * Rank of a day (排名, B1) by size among the days up to it: 1 is the largest, and equal days share the better rank.
 *
 *     rank(t) = 1 + #{ t − window < s ≤ t : x[s] > x[t] }
 *
 * @param values  daily returns or changes, oldest first
 * @param index  position of the day
 * @param window  days looked at, the day itself among them: 252 a year, 1,260 five; all without it
 * @returns `insufficient` where fewer than `window` days lead up to it
 * @throws {RangeError} if the position holds no day or a value is not finite
 * @example dayRank([0.01, 0.03, 0.02], 2).value; // 2
 */
export function dayRank(
  values: readonly number[],
  index: number,
  window: number = index + 1,
): Measured<number> {
  if (!values.every(Number.isFinite)) throw new RangeError("dayRank requires finite values");
  const own = values[index];
  if (own === undefined)
    throw new RangeError(`dayRank requires a position of ${values.length} days, got ${index}`);
  if (index + 1 < window) return tooFew(index + 1, window);
  const larger = values.slice(index + 1 - window, index + 1).filter((value) => value > own);
  return ok(1 + larger.length, window);
}
