import type { Day } from "#src/metrics/days.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { monthNumber } from "#src/metrics/month-number.ts";

/** What the values are: levels, whose changes are returns, or returns since the value before. */
export type MonthlyBasis = "level" | "return";

/** Returns of calendar months that follow one another. */
export interface MonthlyReturns {
  /** `YYYY-MM`, oldest first. */
  readonly months: readonly string[];
  /** Simple returns, fractions. */
  readonly returns: readonly number[];
}

/**
 * Monthly returns (月收益率) of the months that follow one another without a gap up to the last.
 *
 *     level:   R[m] = L[end of m] / L[end of m − 1] − 1
 *     return:  R[m] = Π (1 + r) − 1 over the values of m
 *
 * What lies before a month without a value is left out: a return over two months is no month's.
 *
 * @param dates  days of the values, oldest first
 * @param values  levels above 0, or returns, fractions
 * @param through  the last month that counts, `YYYY-MM`: one that is not over has no return
 * @throws {RangeError} if lengths differ, a value is not finite or a level not positive
 */
export function monthlyReturns(
  dates: readonly Day[],
  values: readonly number[],
  basis: MonthlyBasis,
  through: string,
): MonthlyReturns {
  if (dates.length !== values.length) throw new RangeError("monthlyReturns requires a day of each value");
  if (!values.every((value) => Number.isFinite(value) && (basis === "return" || value > 0)))
    throw new RangeError("monthlyReturns requires finite values, and levels above 0");
  const ends = monthEnds(dates).filter(({ month }) => month <= through);
  const growth = ends.map(({ index }, i): number => {
    const before = ends[i - 1]?.index ?? -1;
    if (basis === "level") return (values[index] ?? Number.NaN) / (values[before] ?? Number.NaN);
    return values.slice(before + 1, index + 1).reduce((product, r) => product * (1 + r), 1);
  });
  const numbers = ends.map(({ month }) => monthNumber(month));
  const gap = numbers.findLastIndex((number, i) => i > 0 && number !== (numbers[i - 1] ?? 0) + 1);
  // The first level of a run has none before it that its return would be measured from.
  const first = Math.max(gap, 0) + (basis === "level" ? 1 : 0);
  return {
    months: ends.slice(first).map(({ month }) => month),
    returns: growth.slice(first).map((each) => each - 1),
  };
}
