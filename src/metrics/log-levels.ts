import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/**
 * Natural logarithms of the prices of a pair's two legs (对数价格), which hedge ratios, cointegration and spreads are made
 * of: in logarithms a split is a constant, and a ratio of prices a difference.
 *
 * @returns `undefined` (`not-positive`) where a price is not positive
 * @throws {RangeError} if the legs differ in length or a price is not finite
 */
export function logLevels(
  long: readonly number[],
  short: readonly number[],
): Measured<{ readonly long: readonly number[]; readonly short: readonly number[] }> {
  if (long.length !== short.length)
    throw new RangeError(`a pair requires legs of one length, got ${long.length} and ${short.length}`);
  const broken = [long, short].flatMap((leg) => leg.find((price) => !Number.isFinite(price)) ?? []);
  if (broken.length > 0) throw new RangeError(`a pair requires finite prices, got ${broken[0]}`);
  if (![long, short].every((leg) => leg.every((price) => price > 0)))
    return notDefined("not-positive", long.length);
  return ok({ long: long.map(Math.log), short: short.map(Math.log) }, long.length);
}
