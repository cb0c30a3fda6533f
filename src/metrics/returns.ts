import { allFinite, allPositive, firstNotFinite } from "#src/metrics/all-numbers.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/**
 * Simple returns (简单收益率, A1): what adds up across assets.
 *
 *     R[t] = p[t] / p[t-1] − 1
 *
 * @param prices  oldest first, in any unit
 * @returns one return fewer than prices, as fractions; `insufficient` for fewer than two prices, `undefined`
 *   (`not-positive`) where a price is zero or negative, for which no return exists
 * @throws {RangeError} if a price, or the ratio of two, is not finite
 * @example simpleReturns([100, 110, 99]).value; // [0.10, −0.10]
 */
export const simpleReturns = (prices: readonly number[]): Measured<readonly number[]> =>
  returnsOf(prices, (before, after) => after / before - 1);

/**
 * Logarithmic returns (对数收益率, A1): what adds up along time.
 *
 *     r[t] = ln(p[t] / p[t-1])
 *
 * Same shape, cases and errors as {@link simpleReturns}.
 *
 * @example logReturns([1, Math.E]).value; // [1]
 */
export const logReturns = (prices: readonly number[]): Measured<readonly number[]> =>
  returnsOf(prices, (before, after) => Math.log(after / before));

function returnsOf(
  prices: readonly number[],
  change: (before: number, after: number) => number,
): Measured<readonly number[]> {
  const broken = firstNotFinite(prices);
  if (broken >= 0) throw new RangeError(`returns require finite prices, got ${prices[broken]} at ${broken}`);
  if (prices.length < 2) return tooFew(prices.length, 2);
  if (!allPositive(prices)) return notDefined("not-positive", prices.length);
  // Of its length from the start: `slice` and `map` take three times as long.
  const returns = new Array<number>(prices.length - 1);
  for (let t = 0; t < returns.length; t++)
    returns[t] = change(prices[t] ?? Number.NaN, prices[t + 1] ?? Number.NaN);
  if (!allFinite(returns)) throw new RangeError("returns require prices whose ratio a double can hold");
  return ok(returns, prices.length);
}
