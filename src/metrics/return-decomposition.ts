import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** Price and earnings of one day; with the index that reinvests dividends where there is one. */
export interface Valued {
  readonly price: number;
  /** Per share, of one definition on both days: trailing, or of the next twelve months. */
  readonly earnings: number;
  /** Level of the total-return index. */
  readonly totalReturn?: number;
}

/** Logarithmic returns: `price = earnings + multiple`, and `total = price + dividends`. */
export interface ReturnDecomposition {
  readonly price: number;
  readonly earnings: number;
  readonly multiple: number;
  /** `null` without a total return on both days, and the next. */
  readonly dividends: number | null;
  readonly total: number | null;
}

/**
 * Return decomposition (收益拆分：盈利与估值, V3): what of a return was earnings, and what was paid for them.
 *
 *     ln(P₁/P₀) = ln(E₁/E₀) + ln(PE₁/PE₀),   ln(TR₁/TR₀) = ln(P₁/P₀) + dividends
 *
 * Logarithms add up exactly; percentages do not. “Halved” is `exp(multiple)` or `exp(price)`, and a sentence says which.
 *
 * @returns `undefined` (`not-meaningful`) where earnings are not positive on one of the days, (`not-positive`) for a price or a
 *   total return that is not
 * @throws {RangeError} if a number, or a ratio of two, is not finite
 * @example returnDecomposition({ price: 100, earnings: 5 }, { price: 200, earnings: 14.96 }).value; // exp(multiple) − 1 = −33.2 %
 */
export function returnDecomposition(before: Valued, after: Valued): Measured<ReturnDecomposition> {
  const numbers = [before, after].flatMap(({ price, earnings, totalReturn = 1 }) => [
    price,
    earnings,
    totalReturn,
  ]);
  if (!numbers.every(Number.isFinite)) throw new RangeError("returnDecomposition requires finite numbers");
  if ([before, after].some(({ price, totalReturn = 1 }) => price <= 0 || totalReturn <= 0))
    return notDefined("not-positive", 2);
  if (before.earnings <= 0 || after.earnings <= 0) return notDefined("not-meaningful", 2);
  const price = Math.log(after.price / before.price);
  const earnings = Math.log(after.earnings / before.earnings);
  const multiple = Math.log(after.price / after.earnings / (before.price / before.earnings));
  if (![price, earnings, multiple].every(Number.isFinite))
    throw new RangeError("returnDecomposition requires numbers whose ratios a double can hold");
  const total =
    before.totalReturn === undefined || after.totalReturn === undefined
      ? null
      : Math.log(after.totalReturn / before.totalReturn);
  return ok({ price, earnings, multiple, dividends: total === null ? null : total - price, total }, 2);
}
